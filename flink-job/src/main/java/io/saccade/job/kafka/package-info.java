/** Frames and settings from Kafka, labels and the rest to it. */
@NullMarked
package io.saccade.job.kafka;

import org.jspecify.annotations.NullMarked;
