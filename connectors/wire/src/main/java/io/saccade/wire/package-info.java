/**
 * What travels on Kafka: frames in, labels, events, status and dead letters out, control beside.
 */
@NullMarked
package io.saccade.wire;

import org.jspecify.annotations.NullMarked;
