/** The budget of one subtask: what was seen, what is asked for, what is decided. */
@NullMarked
package io.saccade.job.control;

import org.jspecify.annotations.NullMarked;
