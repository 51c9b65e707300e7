package io.saccade.budget;

/**
 * Counts what happens between two ticks: the job and the simulation by the same rules. Ages are
 * never below 0, and a capture time that is clearly in the future says nothing about waiting. Not
 * safe to share between threads.
 */
public final class Tally {
  /** A capture time further in the future than this is a wrong clock, not rounding. */
  private static final long AHEAD_NANOS = 50_000_000;

  private static final long MILLISECOND = 1_000_000;

  private long newestNanos = Long.MIN_VALUE;

  private long arrivals;
  private long captureSpanNanos;
  private long minimumAgeNanos = Observation.NO_FRAME;
  private long decodes;
  private long decodeNanos;
  private long glances;
  private long glanceNanos;
  private long focuses;
  private long focusNanos;
  private long spentNanos;
  private long busyNanos;
  private double ageNanos;

  /**
   * A frame was taken.
   *
   * @param nowNanos wall clock, nanoseconds since 1970
   * @param capturedNanos by the camera's clock, in whole milliseconds; at most a hundred years away
   */
  public void arrives(long nowNanos, long capturedNanos) {
    arrivals++;
    long age = nowNanos - capturedNanos;
    ageNanos += Math.max(0, age);
    if (age < -AHEAD_NANOS) {
      // It says nothing about how long frames wait; the others do.
      return;
    }
    minimumAgeNanos = Math.min(minimumAgeNanos, Math.max(0, age));
    long captured = Math.max(0, Math.min(capturedNanos, nowNanos - nowNanos % MILLISECOND));
    if (newestNanos != Long.MIN_VALUE) {
      captureSpanNanos += Math.max(0, captured - newestNanos);
    }
    newestNanos = Math.max(newestNanos, captured);
  }

  /** A frame was decoded; CPU time. */
  public void decoded(long nanos) {
    decodes++;
    decodeNanos += nanos;
  }

  /** A glance was taken; CPU time. */
  public void glanced(long nanos) {
    glances++;
    glanceNanos += nanos;
  }

  /** A focus look was taken; CPU time. */
  public void focused(long nanos) {
    focuses++;
    focusNanos += nanos;
  }

  /** CPU time of the subtask's thread, that of the stages included. */
  public void spent(long cpuNanos) {
    spentNanos += Math.max(0, cpuNanos);
  }

  /** Wall time that a frame took. */
  public void busy(long nanos) {
    busyNanos += Math.max(0, nanos);
  }

  /** Mean age of the frames since the last tick, when they were taken; 0 without any. */
  public double meanAgeNanos() {
    return arrivals == 0 ? 0 : ageNanos / arrivals;
  }

  /** What was counted since the last tick; counting starts anew. */
  public Observation take(long nowNanos) {
    // All frames from the future: none of them says that it had to wait.
    long age = arrivals > 0 && minimumAgeNanos == Observation.NO_FRAME ? 0 : minimumAgeNanos;
    Observation seen =
        new Observation(
            Math.max(0, nowNanos),
            arrivals,
            captureSpanNanos,
            age,
            decodes,
            decodeNanos,
            glances,
            glanceNanos,
            focuses,
            focusNanos,
            spentNanos,
            busyNanos);
    arrivals = 0;
    captureSpanNanos = 0;
    minimumAgeNanos = Observation.NO_FRAME;
    decodes = 0;
    decodeNanos = 0;
    glances = 0;
    glanceNanos = 0;
    focuses = 0;
    focusNanos = 0;
    spentNanos = 0;
    busyNanos = 0;
    ageNanos = 0;
    return seen;
  }
}
