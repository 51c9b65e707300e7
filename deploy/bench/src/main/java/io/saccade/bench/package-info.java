/** How many frames a second, alone and inside Flink and Kafka, measured in turn. */
@NullMarked
package io.saccade.bench;

import org.jspecify.annotations.NullMarked;
