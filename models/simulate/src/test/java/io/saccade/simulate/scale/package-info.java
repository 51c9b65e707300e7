@NullMarked
package io.saccade.simulate.scale;

import org.jspecify.annotations.NullMarked;
