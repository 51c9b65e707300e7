package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * How many frames came in how much capture time, tick by tick. When the newest ticks disagree with
 * the older ones by more than chance explains (as in ADWIN, Bifet and Gavalda 2007), the older ones
 * are forgotten: a step is followed within a few ticks, and noise is averaged over all of them.
 *
 * <p>Ticks older than a few seconds become one sum that fades, so that the rate is as calm as the
 * load is. A load that goes up and down again and again within that time is one load: with each
 * step that was followed it takes more to be surprised.
 *
 * <p>Memory from {@code at}: number of ticks, steps followed of late, frames and seconds of the sum
 * that fades, then the frames and the seconds of the ticks; oldest first.
 */
final class Arrivals {
  private static final int TICKS = 64;
  private static final int FRAMES = 4;
  private static final int SPANS = FRAMES + TICKS;
  static final int SLOTS = SPANS + TICKS;

  /** Capture time remembered tick by tick. */
  private static final double MEMORY_SECONDS = 6;

  /** Capture time in which older ticks fade. */
  private static final double FADING_SECONDS = 20;

  /** Time in which a step is forgotten. */
  private static final double STEP_SECONDS = 10;

  /** How far capture times may be out of step with arrival: one Kafka fetch. */
  static final double LUMP_SECONDS = 0.05;

  /** A rate needs at least this much time to be told. */
  private static final double LEAST_SPAN_SECONDS = 0.1;

  /** Standard deviations: well beyond the noise, since every tick asks about many pasts. */
  private static final double SURPRISE = 4;

  private static final int LEAST_SURPRISING = 8;

  private final int at;

  Arrivals(int at) {
    this.at = at;
  }

  /**
   * Frames per second.
   *
   * @param steady as long as nothing says otherwise
   * @param swift the most that the newest ticks suggest, at least the steady rate
   */
  record Rates(double steady, double swift) {
    static Rates of(double rate) {
      return new Rates(rate, rate);
    }
  }

  boolean isEmpty(double[] memory) {
    return memory[at] == 0;
  }

  void forgetAll(double[] memory) {
    memory[at] = 0;
    memory[at + 2] = 0;
    memory[at + 3] = 0;
  }

  void add(double[] memory, double frames, double span) {
    int ticks = (int) memory[at];
    double total = span;
    for (int tick = 0; tick < ticks; tick++) {
      total += memory[at + SPANS + tick];
    }
    double fading = FADING_SECONDS / (FADING_SECONDS + span);
    memory[at + 2] *= fading;
    memory[at + 3] *= fading;
    int drop = 0;
    while (drop < ticks
        && (ticks - drop == TICKS || total - memory[at + SPANS + drop] >= MEMORY_SECONDS)) {
      total -= memory[at + SPANS + drop];
      memory[at + 2] += memory[at + FRAMES + drop];
      memory[at + 3] += memory[at + SPANS + drop];
      drop++;
    }
    forget(memory, drop);
    memory[at + FRAMES + ticks - drop] = frames;
    memory[at + SPANS + ticks - drop] = span;
    memory[at]++;
  }

  private void forget(double[] memory, int oldest) {
    // Not System.arraycopy within one array: the C2 compiler of JDK 17.0.15 crashed on it here.
    int left = (int) memory[at] - oldest;
    for (int tick = 0; oldest > 0 && tick < left; tick++) {
      memory[at + FRAMES + tick] = memory[at + FRAMES + oldest + tick];
      memory[at + SPANS + tick] = memory[at + SPANS + oldest + tick];
    }
    memory[at] = left;
  }

  /** Mean rate, when {@code quiet} seconds without frames have passed since. */
  double mean(double[] memory, double quiet) {
    Ticks all = all(memory);
    return rate(memory[at + 2] + all.frames, memory[at + 3] + all.span + quiet);
  }

  /**
   * The rates now: the highest surprisingly high mean of the newest ticks, else the lowest
   * surprisingly low, else the mean of all. More frames in the newest tick never lower them.
   */
  Rates rates(double[] memory, double seconds) {
    memory[at + 1] *= STEP_SECONDS / (STEP_SECONDS + seconds);
    double all = mean(memory, 0);
    double swift = all;
    double high = all;
    double low = all;
    double enough = SURPRISE * (1 + memory[at + 1]) * (1 + memory[at + 1]);
    double mostSurprising = enough;
    int cut = 0;
    Ticks newer = new Ticks();
    Ticks older = all(memory);
    for (int from = (int) memory[at] - 1; from > 0; from--) {
      newer.add(memory[at + FRAMES + from], memory[at + SPANS + from], 1);
      older.add(memory[at + FRAMES + from], memory[at + SPANS + from], -1);
      double mean = rate(newer.frames, newer.span);
      double past = max(LEAST_SPAN_SECONDS, memory[at + 3] + older.span);
      double before = (memory[at + 2] + older.frames) / past;
      double jump = newer.jump(before);
      double variance = newer.variance(before, past, jump);
      // The machine has to bear what comes, however often that came before.
      swift = jump > SURPRISE * Math.sqrt(1 + variance) ? max(swift, mean) : swift;
      double surprise = jump / Math.sqrt(1 + older.unevenness(before) * variance);
      high = surprise > enough ? max(high, mean) : high;
      low = surprise < -enough ? min(low, mean) : low;
      if (Math.abs(surprise) > mostSurprising) {
        mostSurprising = Math.abs(surprise);
        cut = from;
      }
    }
    if (cut > 0) {
      forget(memory, cut);
      memory[at + 1]++;
      memory[at + 2] = 0;
      memory[at + 3] = 0;
    }
    double steady = high > all ? high : low;
    return new Rates(steady, max(steady, swift));
  }

  private Ticks all(double[] memory) {
    Ticks all = new Ticks();
    for (int tick = 0; tick < (int) memory[at]; tick++) {
      all.add(memory[at + FRAMES + tick], memory[at + SPANS + tick], 1);
    }
    return all;
  }

  private static double rate(double frames, double span) {
    return frames / max(LEAST_SPAN_SECONDS, span);
  }

  /** Sums over some ticks. */
  private static final class Ticks {
    private double frames;
    private double span;
    private double squares;
    private double products;
    private double squaredSpans;

    void add(double tickFrames, double tickSpan, int sign) {
      frames += sign * tickFrames;
      span += sign * tickSpan;
      squares += sign * tickFrames * tickFrames;
      products += sign * tickFrames * tickSpan;
      squaredSpans += sign * tickSpan * tickSpan;
    }

    /** Frames beyond those expected at a rate, below 0 missing; capture times may be a lump off. */
    double jump(double rate) {
      double most = rate * (span + LUMP_SECONDS);
      double least = rate * max(0, span - LUMP_SECONDS);
      if (frames >= LEAST_SURPRISING && frames > most) {
        return frames - most;
      }
      return least >= LEAST_SURPRISING && frames < least ? frames - least : 0;
    }

    /** Of so many frames, when they come at random, at a rate known from some seconds. */
    double variance(double rate, double past, double jump) {
      double expected = max(0, span + (jump > 0 ? LUMP_SECONDS : -LUMP_SECONDS));
      return rate * expected * (1 + expected / past);
    }

    /** Variance of the frames of a tick over that of random arrivals, at least 1. */
    double unevenness(double rate) {
      double variance = squares - 2 * rate * products + rate * rate * squaredSpans;
      return max(1, variance / max(1, rate * span));
    }
  }
}
