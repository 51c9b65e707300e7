package io.saccade.budget;

/**
 * What one subtask saw since the last tick. Counts and sums, no rates: the controller derives
 * those.
 *
 * @param nowNanos time of the tick, nanoseconds since 1970, by a clock that is not set: ticks must
 *     be as long as they are
 * @param arrivals frames taken from the source, whatever became of them
 * @param captureSpanNanos advance of the newest capture time over these frames, at least 0
 * @param minimumAgeNanos least age (now - capture time) of a frame when it was taken, at least 0;
 *     {@link #NO_FRAME} when none came
 * @param decodes frames decoded
 * @param decodeNanos CPU time of those
 * @param glances glances taken
 * @param glanceNanos CPU time of those
 * @param focuses focus looks taken
 * @param focusNanos CPU time of those
 * @param spentNanos CPU time of the subtask's thread since the last tick, everything included
 * @param busyNanos wall time spent inside the operator on frames since the last tick
 */
public record Observation(
    long nowNanos,
    long arrivals,
    long captureSpanNanos,
    long minimumAgeNanos,
    long decodes,
    long decodeNanos,
    long glances,
    long glanceNanos,
    long focuses,
    long focusNanos,
    long spentNanos,
    long busyNanos) {

  /** {@link #minimumAgeNanos} of an interval without frames. */
  public static final long NO_FRAME = Long.MAX_VALUE;

  public Observation {
    atLeastZero("now", nowNanos);
    atLeastZero("arrivals", arrivals);
    atLeastZero("capture span", captureSpanNanos);
    atLeastZero("minimum age", minimumAgeNanos);
    atLeastZero("decodes", decodes);
    atLeastZero("decode time", decodeNanos);
    atLeastZero("glances", glances);
    atLeastZero("glance time", glanceNanos);
    atLeastZero("focuses", focuses);
    atLeastZero("focus time", focusNanos);
    atLeastZero("CPU time spent", spentNanos);
    atLeastZero("busy time", busyNanos);
    if (arrivals > 0 && minimumAgeNanos == NO_FRAME) {
      throw new IllegalArgumentException(
          "minimum age must be known when frames came, but was NO_FRAME for " + arrivals);
    }
  }

  /** An interval in which nothing came and nothing was spent. */
  public static Observation silence(long nowNanos) {
    return new Observation(nowNanos, 0, 0, NO_FRAME, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Least waiting time, 0 when no frame came: nothing waits then. */
  long waitedNanos() {
    return arrivals == 0 ? 0 : minimumAgeNanos;
  }

  private static void atLeastZero(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " must be at least 0, but was " + value);
    }
  }
}
