package io.saccade.simulate.load;

import io.saccade.simulate.trace.Trace;

/**
 * How many frames a second a budget pays for, so that scenarios mean the same whatever the model
 * and the machine its trace was recorded on.
 *
 * @param glanceOnly when none is looked at twice
 * @param everyLook when all are looked at with every look
 */
public record Capacity(double glanceOnly, double everyLook) {
  /** CPU time around a frame: reading it, writing its label. */
  public static final long OVERHEAD_NANOS = 100_000;

  /** CPU time of a frame that is not looked at. */
  public static final long UNSEEN_NANOS = 30_000;

  /** What {@code cores} pay for, with the model and the machine of a trace. */
  public static Capacity of(Trace trace, double cores) {
    return new Capacity(
        cores * 1e9 / (trace.nanos(0) + OVERHEAD_NANOS),
        cores * 1e9 / (trace.nanos(trace.last()) + OVERHEAD_NANOS));
  }

  /** When frames cost the mean of both. */
  public double midway() {
    return 2 / (1 / glanceOnly + 1 / everyLook);
  }
}
