package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * The true arrival rate: frames per second of capture time, over the last seconds. Under
 * backpressure a count per second of processing time shows only our own speed.
 *
 * <p>After a restart, or when frames come again after a silence, what waited is worked off: most of
 * it is shed unread in a moment, one partition after the other, so neither its number nor its
 * capture times say how many frames come now. For a second what was known before counts, or, where
 * nothing was, the frames that were young enough to be looked at.
 *
 * <p>More arrivals and an older minimum age never lower the rate of the same decision.
 *
 * <p>Memory from {@code at}: 1 after the first frame, newest capture time, nanoseconds without
 * frames, seconds left of working off (negative while what was known before counts), arrivals.
 */
final class OfferedRate {
  private static final int WORKING_OFF = 3;
  static final int SLOTS = 4 + Arrivals.SLOTS;

  /** Longer without frames is silence at the source: what came before says nothing any more. */
  private static final double SILENCE_SECONDS = 2;

  /** Time in which what waited during a break is shed: a minute of frames takes a third of it. */
  private static final double WORKING_OFF_SECONDS = 1;

  /** A tick that much after the last one does not go on from it. */
  private static final double GAP_NANOS = 1e9;

  private final int at;
  private final Arrivals arrivals;

  OfferedRate(int at) {
    this.at = at;
    arrivals = new Arrivals(at + 4);
  }

  /**
   * Takes in a tick and tells the rates.
   *
   * @param beforeNanos the previous tick
   * @param keep share of frames that was to be looked at since then, within (0, 1]
   */
  Arrivals.Rates observe(
      double[] memory, Observation seen, double beforeNanos, double seconds, double keep) {
    double quiet = memory[at + 2] / 1e9;
    workOff(memory, seen.nowNanos() - beforeNanos > GAP_NANOS, quiet, seconds);
    if (seen.arrivals() == 0) {
      memory[at + 2] += seconds * 1e9;
      quiet += seconds;
      if (quiet < SILENCE_SECONDS) {
        return Arrivals.Rates.of(arrivals.mean(memory, quiet));
      }
      arrivals.forgetAll(memory);
      return Arrivals.Rates.of(memory[at] == 0 ? 0 : 1 / quiet);
    }
    double counted = counted(memory, seen, keep);
    double span = span(memory, seen, beforeNanos);
    memory[at + 2] = 0;
    if (quiet < SILENCE_SECONDS) {
      if (memory[at + WORKING_OFF] >= 0) {
        arrivals.add(memory, counted, span);
      }
    } else {
      // A single frame is as rare as the silence was long, several come at the rate after it.
      arrivals.forgetAll(memory);
      double since = max(0, min(seconds, (memory[at + 1] - beforeNanos) / 1e9));
      arrivals.add(memory, counted, counted > 1 ? since : SILENCE_SECONDS);
    }
    return arrivals.rates(memory, seconds);
  }

  /** Notes the beginning of a time in which what waited is worked off, or that it passes. */
  private void workOff(double[] memory, boolean gap, double quiet, double seconds) {
    double left = memory[at + WORKING_OFF];
    memory[at + WORKING_OFF] = left > 0 ? max(0, left - seconds) : min(0, left + seconds);
    if (gap) {
      // Restored from a checkpoint, or stopped for long: nobody counted meanwhile. What came before
      // is the best guess; once more, and it is too long ago.
      memory[at] = 0;
      if (left != 0) {
        arrivals.forgetAll(memory);
      }
    }
    boolean told = !arrivals.isEmpty(memory) && quiet < SILENCE_SECONDS;
    if (!told) {
      boolean begins = gap || memory[at] == 0 || quiet >= SILENCE_SECONDS;
      memory[at + WORKING_OFF] = begins ? WORKING_OFF_SECONDS : memory[at + WORKING_OFF];
    } else if (gap) {
      memory[at + WORKING_OFF] = -WORKING_OFF_SECONDS;
    }
  }

  private double counted(double[] memory, Observation seen, double keep) {
    double came = seen.arrivals();
    return memory[at + WORKING_OFF] > 0 ? max(1, min(came, seen.decodes() / keep)) : came;
  }

  /**
   * Advance of the newest capture time, seconds. A frame cannot be captured after it came, and the
   * least age bounds how far the newest lies back: so a timestamp from the future, or none that
   * advances, misleads by no more than a tick.
   */
  private double span(double[] memory, Observation seen, double beforeNanos) {
    double age = seen.waitedNanos();
    double slack = Arrivals.LUMP_SECONDS * 1e9;
    double earliest = beforeNanos - age - slack;
    double latest = seen.nowNanos() - age + slack;
    boolean first = memory[at] == 0;
    double claimed = first ? latest : memory[at + 1] + seen.captureSpanNanos();
    double newest = max(earliest, min(latest, claimed));
    double span = first ? seen.captureSpanNanos() : max(0, newest - memory[at + 1]);
    memory[at] = 1;
    memory[at + 1] = newest;
    return span / 1e9;
  }
}
