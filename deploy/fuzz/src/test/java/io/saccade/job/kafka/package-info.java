/** A frame's record, fuzzed. */
@NullMarked
package io.saccade.job.kafka;

import org.jspecify.annotations.NullMarked;
