package io.saccade.simulate.subtask;

import io.saccade.budget.Observation;

/**
 * Counts what happens between two ticks, with the same rules as the job's operator: ages are never
 * below 0, and a capture time more than 50 ms in the future says nothing about waiting.
 */
final class Tally {
  private static final long AHEAD_NANOS = 50_000_000;

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

  /** A frame was taken; times as the host's clock and the camera tell them. */
  void arrives(long nowNanos, long stampedNanos) {
    arrivals++;
    long age = nowNanos - stampedNanos;
    if (age < -AHEAD_NANOS) {
      return;
    }
    minimumAgeNanos = Math.min(minimumAgeNanos, Math.max(0, age));
    long captured = Math.min(stampedNanos, Math.floorDiv(nowNanos, 1_000_000L) * 1_000_000L);
    if (newestNanos != Long.MIN_VALUE) {
      captureSpanNanos += Math.max(0, captured - newestNanos);
    }
    newestNanos = Math.max(newestNanos, captured);
  }

  void decoded(long nanos) {
    decodes++;
    decodeNanos += nanos;
  }

  void glanced(long nanos) {
    glances++;
    glanceNanos += nanos;
  }

  void focused(long nanos) {
    focuses++;
    focusNanos += nanos;
  }

  void spent(long cpuNanos, long wallNanos) {
    spentNanos += cpuNanos;
    busyNanos += wallNanos;
  }

  /** What was counted since the last tick; counting starts anew. */
  Observation take(long nowNanos) {
    // All frames from the future: none of them says that it had to wait.
    long age = arrivals > 0 && minimumAgeNanos == Observation.NO_FRAME ? 0 : minimumAgeNanos;
    Observation seen =
        new Observation(
            nowNanos,
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
    return seen;
  }
}
