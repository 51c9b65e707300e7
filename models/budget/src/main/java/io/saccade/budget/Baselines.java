package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/** What the baselines share: time, purse and a scale of effort. Memory entry 1 is the last tick. */
final class Baselines {
  static final double LEAST_EFFORT = 0.02;

  private static final double NOMINAL_TICK_SECONDS = 0.1;

  private Baselines() {}

  /** Notes the tick and what was spent; returns the seconds since the one before. */
  static double settle(
      double[] memory, Purse purse, Settings settings, Observation seen, LookWork work) {
    boolean first = memory[1] == 0;
    double passed = (seen.nowNanos() - memory[1]) / 1e9;
    double seconds =
        first || passed <= 0 ? NOMINAL_TICK_SECONDS : min(passed, settings.windowNanos() / 1e9);
    memory[1] = seen.nowNanos();
    if (!first) {
      purse.settle(memory, settings, settings.budget().spent(seen, work), seconds);
    }
    return seconds;
  }

  /** Effort below 1 thins, above 1 looks further. Rates are what the subtask itself sees. */
  static OperatingPoint point(
      CostCurve curve, StageCosts nominal, double effort, Observation seen, double seconds) {
    double position = max(0, min(1, effort - 1)) * curve.last();
    double rate = seen.arrivals() / seconds;
    return new OperatingPoint(
        position, min(1, effort), rate, rate, curve.cost(position, Price.of(nominal), 1), 1);
  }
}
