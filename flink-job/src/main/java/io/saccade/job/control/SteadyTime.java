package io.saccade.job.control;

/**
 * Nanoseconds since 1970 for the controller, whose ticks must be as long as they are: where the
 * wall clock is set a little forward or back, this one follows by a hundredth of the time that
 * passes. A clock that is set by more is followed at once, or statuses would bear a wrong time. Not
 * safe to share between threads.
 */
public final class SteadyTime {
  /** Not more than the law takes for a stop of the job. */
  private static final long FAR_NANOS = 1_000_000_000;

  private static final long SLOWNESS = 100;

  private long nowNanos;
  private long elapsedNanos;

  /** Starts with the wall clock. */
  public SteadyTime(long epochNanos, long elapsedNanos) {
    this.nowNanos = epochNanos;
    this.elapsedNanos = elapsedNanos;
  }

  /**
   * The time now.
   *
   * @param epochNanos wall clock
   * @param elapsedNanos of a clock that never goes back
   */
  public long now(long epochNanos, long elapsedNanos) {
    long passed = Math.max(0, elapsedNanos - this.elapsedNanos);
    this.elapsedNanos = elapsedNanos;
    nowNanos += passed;
    long off = epochNanos - nowNanos;
    long most = Math.abs(off) > FAR_NANOS ? Math.abs(off) : passed / SLOWNESS;
    nowNanos += Math.max(-most, Math.min(most, off));
    return nowNanos;
  }
}
