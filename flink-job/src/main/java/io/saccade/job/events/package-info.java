/** What each camera sees over time: smoothed, with hysteresis, so that people can read it. */
@NullMarked
package io.saccade.job.events;

import org.jspecify.annotations.NullMarked;
