/** The whole system in one process: Kafka broker, Flink cluster, sample cameras. */
@NullMarked
package io.saccade.quickstart;

import org.jspecify.annotations.NullMarked;
