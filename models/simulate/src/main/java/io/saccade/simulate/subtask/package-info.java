/** One subtask in virtual time: the operator's loop with a controller at the dial. */
@NullMarked
package io.saccade.simulate.subtask;

import org.jspecify.annotations.NullMarked;
