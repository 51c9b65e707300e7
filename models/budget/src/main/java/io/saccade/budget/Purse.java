package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * A token bucket in the unit of the budget: filled at the budget, emptied by what was really spent.
 * Pulling it back to level makes the budget exact over its window although costs and arrivals are
 * only estimated.
 *
 * <p>The pull is a few per cent of the budget, full when little is saved or owed already. How far
 * spending strays over a window and how far the cost of a frame swings are both judged peak to
 * peak, and between two such bounds a pull that is always either way at its own bound is the best
 * trade (docs/controller.md). The bound follows how far spending strays anyway: where nothing
 * strays, nothing swings, and what was saved before a change of load does not move the operating
 * point by more than the bound.
 *
 * <p>What was saved may be spent by a burst, and as much may be borrowed where frames would
 * otherwise be lost; never more than a tenth of the budget of a window each way. A budget in
 * another unit starts level.
 *
 * <p>Memory from {@code at}: unit, saved (below 0 owed), spending per second that was planned,
 * straying.
 */
final class Purse {
  static final int SLOTS = 3 + Straying.SLOTS;

  /** Deepest savings and deepest debt, as a share of the budget of one window. */
  private static final double DEPTH = 0.1;

  /** Savings or debt at which the pull is full, as a share of the budget of one window. */
  private static final double FULL_PULL = 0.006;

  /**
   * Seconds of pull for each second of variance beyond {@link #STILL}: 10 s of a hundred random
   * frames a second are held within 3 %. Frames that come evenly stray by little more than that,
   * because content changes.
   */
  private static final double PULL_PER_VARIANCE = 16;

  private static final double STILL = 0.001;
  private static final double LEAST_PULL = 0.015;
  private static final double MOST_PULL = 0.25;

  /**
   * Where a load swings as a whole, no pull holds the budget of every window, and the depth would
   * swing with the load: then the less, the more it swings.
   */
  private static final double CALM = 0.015;

  /** Beyond half the deepest debt: the rest is pulled back within so much of a window. */
  private static final double RESCUE = 0.1;

  /** Time to reach the deepest debt, as a share of the window: a burst does not wait. */
  private static final double BORROWING = 0.1;

  private final int at;
  private final Straying straying;

  Purse(int at) {
    this.at = at;
    straying = new Straying(at + 3);
  }

  void start(double[] memory) {
    straying.start(memory);
  }

  /** Takes in what was spent since the last tick, in the unit of the budget in force. */
  void settle(double[] memory, Settings settings, double spent, double seconds) {
    Budget budget = settings.budget();
    if (memory[at] != budget.unit().mark()) {
      memory[at] = budget.unit().mark();
      memory[at + 1] = 0;
    } else if (budget.unit() != Budget.Unit.NONE) {
      double strayed = (memory[at + 2] * seconds - spent) / budget.perSecond();
      straying.observe(memory, strayed, seconds);
    }
    double depth = depth(settings);
    double level = memory[at + 1] + budget.perSecond() * seconds - spent;
    // Below the deepest debt there is slack for one more depth, or spending beyond control would
    // be forgiven; without a floor it would wind up.
    memory[at + 1] = max(-2 * depth, min(depth, level));
  }

  /** Notes what is going to be spent per second, in the unit of the budget. */
  void plan(double[] memory, double spending) {
    memory[at + 2] = spending;
  }

  /** What is saved of a budget; below 0 owed. */
  double saved(double[] memory, Settings settings) {
    return memory[at] == settings.budget().unit().mark() ? memory[at + 1] : 0;
  }

  /** Spending per second that brings the purse back to level; unlimited without a budget. */
  double allowance(double[] memory, Settings settings) {
    Budget budget = settings.budget();
    if (budget.unit() == Budget.Unit.NONE) {
      return Double.POSITIVE_INFINITY;
    }
    double saved = saved(memory, settings) / (budget.perSecond() * settings.windowSeconds());
    double pull = bound(memory) * max(-1, min(1, saved / FULL_PULL));
    double rescue = min(0, saved + DEPTH / 2) / RESCUE;
    return budget.perSecond() * (1 + pull + rescue);
  }

  private double bound(double[] memory) {
    double variance = straying.variance(memory);
    double wanted = min(PULL_PER_VARIANCE * (variance - STILL), CALM / variance);
    return max(LEAST_PULL, min(MOST_PULL, wanted));
  }

  /** Spending per second that brings the purse to its deepest debt: before frames are lost. */
  double credit(double[] memory, Settings settings) {
    Budget budget = settings.budget();
    double left = saved(memory, settings) + depth(settings);
    return budget.unit() == Budget.Unit.NONE
        ? Double.POSITIVE_INFINITY
        : budget.perSecond() + left / (BORROWING * settings.windowSeconds());
  }

  private static double depth(Settings settings) {
    return DEPTH * settings.budget().perSecond() * settings.windowSeconds();
  }
}
