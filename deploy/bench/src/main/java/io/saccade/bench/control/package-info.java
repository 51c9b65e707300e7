/** The simulator's scenarios on the real thing: Kafka, Flink, pictures, a clock that runs. */
@NullMarked
package io.saccade.bench.control;

import org.jspecify.annotations.NullMarked;
