package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * Focus looks taken over focus looks expected where we worked: above 1 the content is harder than
 * at calibration. Sums that decay, so that a tick weighs by its looks.
 *
 * <p>Memory from {@code at}: looks taken, looks expected.
 */
final class LookDrift {
  static final int SLOTS = 2;

  private static final double HORIZON_SECONDS = 0.8;

  /** Looks that speak for no drift, so that a handful of frames cannot say otherwise. */
  private static final double PRIOR_LOOKS = 10;

  private static final double LEAST = 0.25;
  private static final double MOST = 4;

  private final int at;

  LookDrift(int at) {
    this.at = at;
  }

  double observe(double[] memory, Observation seen, double expectedPerGlance, double seconds) {
    double kept = HORIZON_SECONDS / (HORIZON_SECONDS + seconds);
    memory[at] = memory[at] * kept + seen.focuses();
    memory[at + 1] = memory[at + 1] * kept + seen.glances() * expectedPerGlance;
    double drift = (memory[at] + PRIOR_LOOKS) / (memory[at + 1] + PRIOR_LOOKS);
    return max(LEAST, min(MOST, drift));
  }
}
