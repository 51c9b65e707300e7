package io.saccade.budget.share;

import static java.lang.Math.abs;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.sqrt;

/**
 * An offered rate, freed from the chance in arrivals, so that shares are at rest while nothing
 * changes: a mean over up to five minutes, given up at once for a rate that chance does not
 * explain.
 *
 * <p>Memory from {@code at}: rate, seconds since it last jumped.
 */
final class SteadyRate {
  static final int SLOTS = 2;

  private static final double HORIZON_SECONDS = 300;
  private static final double YOUNGEST_SECONDS = 1;

  /** What the law's estimate averages over: the chance that is left in it. */
  private static final double MEASURED_SECONDS = 6;

  /** Standard deviations of Poisson arrivals, on top of a share of the rate. */
  private static final double DEVIATIONS = 4;

  private static final double TOLERANCE = 0.05;

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
      memory[at] = offered;
      memory[at + 1] = 0;
      return true;
    }
    memory[at + 1] = min(HORIZON_SECONDS, memory[at + 1] + seconds);
    memory[at] += (offered - rate) * seconds / (YOUNGEST_SECONDS + memory[at + 1] + seconds);
    return false;
  }
}
