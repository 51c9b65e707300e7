package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * Additive increase, multiplicative decrease, as TCP does it: a baseline. Overload is a waiting
 * time above the target, or an overdrawn purse. Effort runs from 0 (keep nothing) over 1 (glance
 * only) to 2 (the dearest position).
 *
 * <p>Memory: layout, time of the last tick, effort, seconds since it last backed off, spent per
 * second of late, purse.
 */
record AdditiveIncrease(CostCurve curve, StageCosts nominal, LookWork work) implements Controller {
  private static final double LAYOUT = 3_002;
  private static final double INCREASE_PER_SECOND = 0.25;
  private static final double DECREASE = 0.85;
  private static final double PATIENCE_SECONDS = 0.3;
  private static final double SMOOTHING_SECONDS = 0.5;
  private static final Purse PURSE = new Purse(5);

  @Override
  public double[] initialMemory() {
    double[] memory = new double[5 + Purse.SLOTS];
    memory[0] = LAYOUT;
    memory[2] = 1;
    PURSE.start(memory);
    return memory;
  }

  @Override
  public Decision next(double[] memory, Settings settings, Observation seen) {
    double[] next = Memories.copy(this, memory);
    double seconds = Baselines.settle(next, PURSE, settings, seen, work);
    double used = settings.budget().spent(seen, work) / seconds;
    next[4] += (used - next[4]) * seconds / (SMOOTHING_SECONDS + seconds);
    boolean overloaded =
        seen.waitedNanos() > settings.targetAgeNanos() || next[4] > PURSE.allowance(next, settings);
    next[3] = min(PATIENCE_SECONDS, next[3] + seconds);
    if (!overloaded) {
      next[2] = min(2, next[2] + INCREASE_PER_SECOND * seconds);
    } else if (next[3] >= PATIENCE_SECONDS) {
      next[2] = max(Baselines.LEAST_EFFORT, next[2] * DECREASE);
      next[3] = 0;
    }
    return new Decision(Baselines.point(curve, nominal, next[2], seen, seconds), next);
  }
}
