package io.saccade.job.control;

import io.saccade.budget.Observation;
import io.saccade.gfnet.Sight.Look;
import java.util.List;

/** Counts what happens between two ticks. Not safe to share between threads. */
public final class Tally {
  /** A capture time further in the future than this is a wrong clock, not rounding. */
  private static final long AHEAD_NANOS = 50_000_000;

  private long cpuNanos;
  private long newestMillis = Long.MIN_VALUE;

  private long arrivals;
  private long captureSpanMillis;
  private long minimumAgeNanos = Observation.NO_FRAME;
  private long decodes;
  private long decodeNanos;
  private long glances;
  private long glanceNanos;
  private long focuses;
  private long focusNanos;
  private long busyNanos;
  private double ageNanos;

  /** Starts counting; {@code cpuNanos} is the CPU time of the thread so far. */
  public Tally(long cpuNanos) {
    this.cpuNanos = cpuNanos;
  }

  /** A frame was taken. */
  public void arrives(Moment moment) {
    arrivals++;
    ageNanos += Math.max(0, moment.ageNanos());
    if (moment.ageNanos() < -AHEAD_NANOS) {
      // It says nothing about how long frames wait; the others do.
      return;
    }
    minimumAgeNanos = Math.min(minimumAgeNanos, Math.max(0, moment.ageNanos()));
    long captured = moment.plausibleMillis();
    if (newestMillis != Long.MIN_VALUE) {
      captureSpanMillis += Math.max(0, captured - newestMillis);
    }
    newestMillis = Math.max(newestMillis, captured);
  }

  /** A frame was decoded and looked at; returns the CPU time of both. */
  public long looked(long decodeNanos, List<Look> looks) {
    decodes++;
    this.decodeNanos += decodeNanos;
    for (int t = 0; t < looks.size(); t++) {
      if (t == 0) {
        glances++;
        glanceNanos += looks.get(t).cpuNanos();
      } else {
        focuses++;
        focusNanos += looks.get(t).cpuNanos();
      }
    }
    return decodeNanos + looks.stream().mapToLong(Look::cpuNanos).sum();
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
  public Observation take(long nowNanos, long threadCpuNanos) {
    // All frames from the future: none of them says that it had to wait.
    long age = arrivals > 0 && minimumAgeNanos == Observation.NO_FRAME ? 0 : minimumAgeNanos;
    Observation seen =
        new Observation(
            Math.max(0, nowNanos),
            arrivals,
            captureSpanMillis * 1_000_000,
            age,
            decodes,
            decodeNanos,
            glances,
            glanceNanos,
            focuses,
            focusNanos,
            Math.max(0, threadCpuNanos - cpuNanos),
            busyNanos);
    cpuNanos = threadCpuNanos;
    arrivals = 0;
    captureSpanMillis = 0;
    minimumAgeNanos = Observation.NO_FRAME;
    decodes = 0;
    decodeNanos = 0;
    glances = 0;
    glanceNanos = 0;
    focuses = 0;
    focusNanos = 0;
    busyNanos = 0;
    ageNanos = 0;
    return seen;
  }
}
