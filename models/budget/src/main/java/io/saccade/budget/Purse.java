package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * A token bucket in the unit of the budget: filled at the budget, emptied by what was really spent.
 * Pulling it back to level makes the budget exact in the long run although costs are only
 * estimated.
 *
 * <p>What was saved may be spent by a burst, and as much may be borrowed where frames would
 * otherwise be lost; never more than a tenth of the budget of a window each way. A budget in
 * another unit starts level.
 *
 * <p>Memory from {@code at}: unit, saved; below 0 owed.
 */
final class Purse {
  static final int SLOTS = 2;

  /** Deepest savings and deepest debt, as a share of the budget of one window. */
  private static final double DEPTH = 0.1;

  /** Time to pull savings or debt back to level, as a share of the window. */
  private static final double LEVELLING = 0.3;

  /** Time to reach the deepest debt, as a share of the window: a burst does not wait. */
  private static final double BORROWING = 0.1;

  private final int at;

  Purse(int at) {
    this.at = at;
  }

  /** Takes in what was spent since the last tick, in the unit of the budget in force. */
  void settle(double[] memory, Settings settings, double spent, double seconds) {
    Budget budget = settings.budget();
    if (memory[at] != budget.unit().mark()) {
      memory[at] = budget.unit().mark();
      memory[at + 1] = 0;
    }
    double depth = depth(settings);
    double level = memory[at + 1] + budget.perSecond() * seconds - spent;
    // Below the deepest debt there is slack for one more depth, or spending beyond control would
    // be forgiven; without a floor it would wind up.
    memory[at + 1] = max(-2 * depth, min(depth, level));
  }

  /** What is saved of a budget; below 0 owed. */
  double saved(double[] memory, Settings settings) {
    return memory[at] == settings.budget().unit().mark() ? memory[at + 1] : 0;
  }

  /** Spending per second that brings the purse back to level; unlimited without a budget. */
  double allowance(double[] memory, Settings settings) {
    double levelling = LEVELLING * settings.windowSeconds();
    return limited(settings, saved(memory, settings) / levelling);
  }

  /** Spending per second that brings the purse to its deepest debt: before frames are lost. */
  double credit(double[] memory, Settings settings) {
    double left = saved(memory, settings) + depth(settings);
    return limited(settings, left / (BORROWING * settings.windowSeconds()));
  }

  private static double limited(Settings settings, double more) {
    Budget budget = settings.budget();
    return budget.unit() == Budget.Unit.NONE ? Double.POSITIVE_INFINITY : budget.perSecond() + more;
  }

  private static double depth(Settings settings) {
    return DEPTH * settings.budget().perSecond() * settings.windowSeconds();
  }
}
