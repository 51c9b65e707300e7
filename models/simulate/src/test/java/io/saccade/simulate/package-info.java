@NullMarked
package io.saccade.simulate;

import org.jspecify.annotations.NullMarked;
