package io.saccade.job.control;

/**
 * A frame's age at a moment. Capture times come from foreign clocks: any value is taken, and what
 * is further away than {@link #FAR_MILLIS} counts as that far, so that nanoseconds do not overflow.
 *
 * @param nowNanos wall clock, nanoseconds since 1970
 * @param capturedMillis capture time, milliseconds since 1970, at most far away
 */
public record Moment(long nowNanos, long capturedMillis) {
  /** A hundred years. */
  static final long FAR_MILLIS = 100L * 365 * 24 * 3600 * 1000;

  public Moment {
    long nowMillis = nowNanos / 1_000_000;
    capturedMillis =
        Math.max(nowMillis - FAR_MILLIS, Math.min(nowMillis + FAR_MILLIS, capturedMillis));
  }

  public long nowMillis() {
    return nowNanos / 1_000_000;
  }

  /** Capture time in nanoseconds since 1970. */
  public long capturedNanos() {
    return capturedMillis * 1_000_000;
  }

  /** Negative when the camera's clock is ahead. */
  public long ageNanos() {
    return nowNanos - capturedNanos();
  }

  /** As above; rounded down. */
  public long ageMillis() {
    return Math.floorDiv(ageNanos(), 1_000_000);
  }

  /** Capture time, but neither before 1970 nor in the future. */
  public long plausibleMillis() {
    return Math.max(0, Math.min(capturedMillis, nowMillis()));
  }

  /** The same frame at another moment. */
  public Moment at(long nowNanos) {
    return new Moment(nowNanos, capturedMillis);
  }
}
