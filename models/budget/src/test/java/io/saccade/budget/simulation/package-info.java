/** A subtask in virtual time: seeded frames, one core, and a controller at the dial. */
@NullMarked
package io.saccade.budget.simulation;

import org.jspecify.annotations.NullMarked;
