package io.saccade.simulate.load;

import io.saccade.budget.Budget;
import io.saccade.budget.Settings;
import java.util.Locale;

/**
 * The budget to hold, over virtual time.
 *
 * @param first until it changes
 * @param changes when, seconds
 * @param then afterwards, in the same unit
 */
public record Asked(Budget first, double changes, Budget then) {
  public Asked {
    if (first.unit() != then.unit()) {
      throw new IllegalArgumentException(
          "the budget must stay in %s, but was then in %s".formatted(first.unit(), then.unit()));
    }
  }

  static Asked always(Budget budget) {
    return new Asked(budget, 0, budget);
  }

  Budget at(double seconds) {
    return seconds < changes ? first : then;
  }

  Settings settings(double seconds) {
    return Settings.of(at(seconds));
  }

  /** What is counted. */
  public Budget.Unit unit() {
    return first.unit();
  }

  /** Most cores that may be used at a time: the budget, or else what one core gives. */
  public double cores(double seconds) {
    return unit() == Budget.Unit.CORES ? at(seconds).perSecond() : Settings.USABLE_CORE;
  }

  /** What may be spent in a span, in its unit; without a budget the CPU seconds of a core. */
  public double sum(double from, double until) {
    if (unit() == Budget.Unit.NONE) {
      return Settings.USABLE_CORE * (until - from);
    }
    double before = Math.max(0, Math.min(until, changes) - from);
    return before * first.perSecond() + (until - from - before) * then.perSecond();
  }

  /** In a few words. */
  @Override
  public String toString() {
    String text = words(first);
    return changes > 0
        ? String.format(Locale.ROOT, "%s, after %.0f s %s", text, changes, words(then))
        : text;
  }

  private static String words(Budget budget) {
    return switch (budget.unit()) {
      case CORES -> String.format(Locale.ROOT, "%.1f cores", budget.perSecond());
      case MULTIPLY_ADDS ->
          String.format(
              Locale.ROOT, "%.1f billion multiply-adds a second", budget.perSecond() / 1e9);
      case NONE -> "no budget but one core";
    };
  }
}
