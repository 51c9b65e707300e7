package io.saccade.budget.share;

import static java.lang.Math.abs;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.sqrt;

/**
 * An offered rate, freed from the chance in arrivals, so that shares are at rest while nothing
 * changes: a mean over up to five minutes, given up at once for a rate that chance does not
 * explain, and within half a minute for a lasting change that is small.
 *
 * <p>Memory from {@code at}: rate, seconds since it last jumped, the mean of the last half minute.
 */
final class SteadyRate {
  static final int SLOTS = 3;

  private static final double HORIZON_SECONDS = 300;
  private static final double YOUNGEST_SECONDS = 1;

  /** What the law's estimate averages over: the chance that is left in it. */
  private static final double MEASURED_SECONDS = 6;

  /** Standard deviations of Poisson arrivals, on top of a share of the rate. */
  private static final double DEVIATIONS = 4;

  private static final double TOLERANCE = 0.05;

  /** A mean over so long tells a smaller change from chance. */
  private static final double RECENT_SECONDS = 30;

  private static final double RECENT_TOLERANCE = 0.02;

  private final int at;

  SteadyRate(int at) {
    this.at = at;
  }

  double rate(double[] memory) {
    return memory[at];
  }

  /** How far the rate may be off by chance, as a share of it: two standard deviations. */
  double doubt(double[] memory) {
    return 2 / sqrt(max(1e-9, memory[at] * (YOUNGEST_SECONDS + memory[at + 1])));
  }

  /** Takes in the rate as offered now; whether it jumped. */
  boolean observe(double[] memory, double offered, double seconds) {
    double rate = memory[at];
    double chance = DEVIATIONS * sqrt(rate / MEASURED_SECONDS) + TOLERANCE * rate;
    if (abs(offered - rate) > chance) {
      jump(memory, offered, 0);
      return true;
    }
    memory[at + 1] = min(HORIZON_SECONDS, memory[at + 1] + seconds);
    double recent = memory[at + 2];
    recent += (offered - recent) * seconds / (RECENT_SECONDS + seconds);
    memory[at + 2] = recent;
    // An exponential mean is as certain as a plain one of twice its horizon.
    double counted = 1 / (2 * RECENT_SECONDS) + 1 / (YOUNGEST_SECONDS + memory[at + 1]);
    if (abs(recent - rate) > DEVIATIONS * sqrt(rate * counted) + RECENT_TOLERANCE * rate) {
      jump(memory, offered, MEASURED_SECONDS);
      return true;
    }
    memory[at] += (offered - rate) * seconds / (YOUNGEST_SECONDS + memory[at + 1] + seconds);
    return false;
  }

  private void jump(double[] memory, double rate, double knownSeconds) {
    memory[at] = rate;
    memory[at + 1] = knownSeconds;
    memory[at + 2] = rate;
  }
}
