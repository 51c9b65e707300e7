@NullMarked
package io.saccade.simulate.contest;

import org.jspecify.annotations.NullMarked;
