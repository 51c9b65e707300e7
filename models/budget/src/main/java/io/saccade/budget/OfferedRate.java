package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * The true arrival rate: frames per second of capture time, over the last few seconds. Under
 * backpressure a count per second of processing time shows only our own speed.
 *
 * <p>Keeps the last ticks that had frames. When the newest of them disagree with the older ones by
 * more than Poisson arrivals explain (as in ADWIN, Bifet and Gavalda 2007), the older ones are
 * forgotten: a step is followed within a few ticks, and noise is averaged over all of them.
 *
 * <p>After a restart, or when frames come again after a silence, what waited is worked off: most of
 * it is shed unread in a moment, one partition after the other, so neither its number nor its
 * capture times say how many frames come now. For a second what was known before counts, or, where
 * nothing was, the frames that were young enough to be looked at.
 *
 * <p>More arrivals and an older minimum age never lower the rate of the same decision.
 *
 * <p>Memory from {@code at}: 1 after the first frame, newest capture time, nanoseconds without
 * frames, number of ticks kept, seconds left of working off (negative while what was known before
 * counts), then the ticks' arrivals and their capture spans in seconds; oldest first.
 */
final class OfferedRate {
  private static final int TICKS = 64;
  private static final int WORKING_OFF = 4;
  private static final int ARRIVALS = 5;
  private static final int SPANS = ARRIVALS + TICKS;
  static final int SLOTS = SPANS + TICKS;

  /** Capture time worth remembering. */
  private static final double MEMORY_SECONDS = 6;

  /** Longer without frames is silence at the source: what came before says nothing any more. */
  private static final double SILENCE_SECONDS = 2;

  /** Time in which what waited during a break is shed: a minute of frames takes a third of it. */
  private static final double WORKING_OFF_SECONDS = 1;

  /** A tick that much after the last one does not go on from it. */
  private static final double GAP_NANOS = 1e9;

  /** How far capture times may be out of step with arrival: one Kafka fetch. */
  private static final double LUMP_SECONDS = 0.05;

  /** A rate needs at least this much time to be told. */
  private static final double LEAST_SPAN_SECONDS = 0.1;

  /** Standard deviations: well beyond the noise, since every tick asks about many pasts. */
  private static final double SURPRISE = 4;

  private static final int LEAST_SURPRISING = 8;

  private final int at;

  OfferedRate(int at) {
    this.at = at;
  }

  /**
   * Takes in a tick and returns frames per second.
   *
   * @param beforeNanos the previous tick
   * @param keep share of frames that was to be looked at since then, within (0, 1]
   */
  double observe(
      double[] memory, Observation seen, double beforeNanos, double seconds, double keep) {
    double quiet = memory[at + 2] / 1e9;
    workOff(memory, seen.nowNanos() - beforeNanos > GAP_NANOS, quiet, seconds);
    if (seen.arrivals() == 0) {
      memory[at + 2] += seconds * 1e9;
      quiet += seconds;
      if (quiet < SILENCE_SECONDS) {
        return mean(memory, 0, quiet);
      }
      memory[at + 3] = 0;
      return memory[at] == 0 ? 0 : 1 / quiet;
    }
    double counted = counted(memory, seen, keep);
    double span = span(memory, seen, beforeNanos);
    memory[at + 2] = 0;
    if (quiet < SILENCE_SECONDS) {
      if (memory[at + WORKING_OFF] >= 0) {
        add(memory, counted, span);
      }
    } else {
      // The first frame ends the silence, the others come at the rate after it.
      memory[at + 3] = 0;
      add(memory, 1, min(MEMORY_SECONDS, quiet));
      double since = (memory[at + 1] - beforeNanos) / 1e9;
      add(memory, counted - 1, max(0, min(seconds, since)));
    }
    return rate(memory);
  }

  /** Notes the beginning of a time in which what waited is worked off, or that it passes. */
  private void workOff(double[] memory, boolean gap, double quiet, double seconds) {
    double left = memory[at + WORKING_OFF];
    memory[at + WORKING_OFF] = left > 0 ? max(0, left - seconds) : min(0, left + seconds);
    if (gap) {
      // Restored from a checkpoint, or stopped for long: nobody counted meanwhile. What came before
      // is the best guess; once more, and it is too long ago.
      memory[at] = 0;
      memory[at + 3] = left == 0 ? memory[at + 3] : 0;
    }
    boolean told = memory[at + 3] > 0 && quiet < SILENCE_SECONDS;
    if (!told) {
      boolean begins = gap || memory[at] == 0 || quiet >= SILENCE_SECONDS;
      memory[at + WORKING_OFF] = begins ? WORKING_OFF_SECONDS : memory[at + WORKING_OFF];
    } else if (gap) {
      memory[at + WORKING_OFF] = -WORKING_OFF_SECONDS;
    }
  }

  private double counted(double[] memory, Observation seen, double keep) {
    double arrivals = seen.arrivals();
    return memory[at + WORKING_OFF] > 0 ? max(1, min(arrivals, seen.decodes() / keep)) : arrivals;
  }

  /**
   * Advance of the newest capture time, seconds. A frame cannot be captured after it came, and the
   * least age bounds how far the newest lies back: so a timestamp from the future, or none that
   * advances, misleads by no more than a tick.
   */
  private double span(double[] memory, Observation seen, double beforeNanos) {
    double age = seen.waitedNanos();
    double slack = LUMP_SECONDS * 1e9;
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

  private void add(double[] memory, double arrivals, double span) {
    int ticks = (int) memory[at + 3];
    double total = span;
    for (int tick = 0; tick < ticks; tick++) {
      total += memory[at + SPANS + tick];
    }
    int drop = 0;
    while (drop < ticks
        && (ticks - drop == TICKS || total - memory[at + SPANS + drop] >= MEMORY_SECONDS)) {
      total -= memory[at + SPANS + drop];
      drop++;
    }
    forget(memory, drop);
    ticks -= drop;
    memory[at + ARRIVALS + ticks] = arrivals;
    memory[at + SPANS + ticks] = span;
    memory[at + 3] = ticks + 1;
  }

  private void forget(double[] memory, int oldest) {
    // Not System.arraycopy within one array: the C2 compiler of JDK 17.0.15 crashed on it here.
    int left = (int) memory[at + 3] - oldest;
    for (int tick = 0; oldest > 0 && tick < left; tick++) {
      memory[at + ARRIVALS + tick] = memory[at + ARRIVALS + oldest + tick];
      memory[at + SPANS + tick] = memory[at + SPANS + oldest + tick];
    }
    memory[at + 3] = left;
  }

  /** The highest surprisingly high mean of the newest ticks, else the lowest surprisingly low. */
  private double rate(double[] memory) {
    double all = mean(memory, 0, 0);
    double high = all;
    double low = all;
    double mostSurprising = SURPRISE;
    int cut = 0;
    boolean higher = false;
    for (int from = (int) memory[at + 3] - 1; from > 0; from--) {
      double surprise = surprise(memory, from);
      if (surprise > SURPRISE) {
        higher = true;
        high = max(high, mean(memory, from, 0));
      } else if (surprise < -SURPRISE) {
        low = min(low, mean(memory, from, 0));
      }
      if (Math.abs(surprise) > mostSurprising) {
        mostSurprising = Math.abs(surprise);
        cut = from;
      }
    }
    forget(memory, cut);
    return higher ? high : low;
  }

  /** Mean rate from a tick on, when {@code quiet} seconds without frames have passed since. */
  private double mean(double[] memory, int from, double quiet) {
    double arrivals = 0;
    double span = quiet;
    for (int tick = from; tick < (int) memory[at + 3]; tick++) {
      arrivals += memory[at + ARRIVALS + tick];
      span += memory[at + SPANS + tick];
    }
    return arrivals / max(LEAST_SPAN_SECONDS, span);
  }

  /**
   * By how many standard deviations the ticks from {@code from} on had more frames (positive) or
   * fewer than the ticks before suggest. Arrivals as uneven as those before are no surprise.
   */
  private double surprise(double[] memory, int from) {
    double newer = 0;
    double newerSpan = 0;
    double older = 0;
    double olderSpan = 0;
    int ticks = (int) memory[at + 3];
    for (int tick = 0; tick < ticks; tick++) {
      double arrivals = memory[at + ARRIVALS + tick];
      double span = memory[at + SPANS + tick];
      if (tick < from) {
        older += arrivals;
        olderSpan += span;
      } else {
        newer += arrivals;
        newerSpan += span;
      }
    }
    olderSpan = max(LEAST_SPAN_SECONDS, olderSpan);
    double rate = older / olderSpan;
    double unevenness = unevenness(memory, from, rate, older);
    double most = newerSpan + LUMP_SECONDS;
    double least = max(0, newerSpan - LUMP_SECONDS);
    if (newer >= LEAST_SURPRISING && newer > rate * most) {
      return (newer - rate * most) / deviation(rate, most, olderSpan, unevenness);
    }
    if (rate * least >= LEAST_SURPRISING && newer < rate * least) {
      return (newer - rate * least) / deviation(rate, least, olderSpan, unevenness);
    }
    return 0;
  }

  private static double deviation(double rate, double span, double past, double unevenness) {
    return Math.sqrt(1 + unevenness * rate * span * (1 + span / past));
  }

  /** Variance of the arrivals of a tick over that of Poisson arrivals, at least 1. */
  private double unevenness(double[] memory, int until, double rate, double expected) {
    double squares = 0;
    for (int tick = 0; tick < until; tick++) {
      double difference = memory[at + ARRIVALS + tick] - rate * memory[at + SPANS + tick];
      squares += difference * difference;
    }
    return max(1, squares / max(1, expected));
  }
}
