package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * Proportional-integral control: a baseline. The error is the worse of waiting time (target - age,
 * over the drain horizon) and purse (saved, over a second of budget). The integral stops at the
 * ends of its range, so that it cannot wind up. Effort as in {@link AdditiveIncrease}.
 *
 * <p>Memory: layout, time of the last tick, integral, purse.
 */
record ProportionalIntegral(CostCurve curve, StageCosts nominal, LookWork work)
    implements Controller {
  private static final double LAYOUT = 4_002;
  private static final double PROPORTIONAL = 0.8;
  private static final double INTEGRAL_PER_SECOND = 0.8;
  private static final Purse PURSE = new Purse(3);

  @Override
  public double[] initialMemory() {
    double[] memory = new double[3 + Purse.SLOTS];
    memory[0] = LAYOUT;
    memory[2] = 1;
    PURSE.start(memory);
    return memory;
  }

  @Override
  public Decision next(double[] memory, Settings settings, Observation seen) {
    double[] next = Memories.copy(this, memory);
    double seconds = Baselines.settle(next, PURSE, settings, seen, work);
    double early =
        (settings.targetAgeNanos() - (double) seen.waitedNanos()) / settings.drainHorizonNanos();
    Budget budget = settings.budget();
    double saved = PURSE.saved(next, settings);
    double error =
        budget.unit() == Budget.Unit.NONE ? early : min(early, saved / budget.perSecond());
    next[2] = max(Baselines.LEAST_EFFORT, min(2, next[2] + INTEGRAL_PER_SECOND * error * seconds));
    double effort = max(Baselines.LEAST_EFFORT, min(2, next[2] + PROPORTIONAL * error));
    return new Decision(Baselines.point(curve, nominal, effort, seen, seconds), next);
  }
}
