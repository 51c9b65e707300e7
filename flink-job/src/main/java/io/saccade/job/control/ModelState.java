package io.saccade.job.control;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of orders for other models across restarts. Public, and of types that Flink
 * serialises itself.
 *
 * @param epoch of the newest order that came; 0 before any
 * @param inForce the order whose model looks, as JSON; null for the model of the start
 * @param asked the newest order that is not answered yet, as JSON; null when there is none
 */
public record ModelState(long epoch, byte @Nullable [] inForce, byte @Nullable [] asked) {}
