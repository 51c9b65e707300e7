@NullMarked
package io.saccade.simulate.load;

import org.jspecify.annotations.NullMarked;
