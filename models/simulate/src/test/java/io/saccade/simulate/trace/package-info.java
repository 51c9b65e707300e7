@NullMarked
package io.saccade.simulate.trace;

import org.jspecify.annotations.NullMarked;
