package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * A token bucket of CPU time: filled at the budget, emptied by what was really spent. Pulling it
 * back to level makes the budget exact in the long run although costs are only estimated.
 *
 * <p>What was saved may be spent by a burst, and as much may be borrowed where frames would
 * otherwise be lost; never more than a tenth of the budget of a window each way.
 *
 * <p>Memory at {@code at}: CPU seconds saved; below 0 owed.
 */
final class Purse {
  static final int SLOTS = 1;

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

  void settle(double[] memory, Settings settings, double spentSeconds, double seconds) {
    double depth = depth(settings);
    double level = memory[at] + settings.budgetCores() * seconds - spentSeconds;
    // Below the deepest debt there is slack for one more depth, or spending beyond control would
    // be forgiven; without a floor it would wind up.
    memory[at] = max(-2 * depth, min(depth, level));
  }

  /** CPU seconds per second that bring the purse back to level. */
  double allowance(double[] memory, Settings settings) {
    return settings.budgetCores() + memory[at] / levelling(settings);
  }

  /** CPU seconds per second that bring the purse to its deepest debt: before frames are lost. */
  double credit(double[] memory, Settings settings) {
    double left = memory[at] + depth(settings);
    return settings.budgetCores() + left / (BORROWING * settings.windowNanos() / 1e9);
  }

  private static double depth(Settings settings) {
    return DEPTH * settings.budgetCores() * settings.windowNanos() / 1e9;
  }

  private static double levelling(Settings settings) {
    return LEVELLING * settings.windowNanos() / 1e9;
  }
}
