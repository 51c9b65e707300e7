/** What a camera process says to Kafka and learns from it: frames, states, sequence numbers. */
@NullMarked
package io.saccade.camera.kafka;

import org.jspecify.annotations.NullMarked;
