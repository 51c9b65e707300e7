/** Controllers against recorded traces in virtual time, and logged decisions made anew. */
@NullMarked
package io.saccade.simulate;

import org.jspecify.annotations.NullMarked;
