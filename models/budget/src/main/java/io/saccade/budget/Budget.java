package io.saccade.budget;

import java.io.Serializable;

/**
 * What may be spent, and in which unit. In multiply-adds only looks cost something, the same on
 * every machine; decoding and everything around it is free. Without a budget a subtask uses what
 * its core gives, and waiting time alone decides. The core is a limit beside every budget.
 *
 * @param unit of what is counted
 * @param perSecond above 0 and finite; 0 without a budget
 */
public record Budget(Unit unit, double perSecond) implements Serializable {

  /** What is counted. */
  public enum Unit {
    /** CPU seconds. */
    CORES(1),
    /** Multiplications with their additions, of convolutions and matrix products. */
    MULTIPLY_ADDS(2),
    /** Nothing: only waiting time counts. */
    NONE(3);

    private final int mark;

    Unit(int mark) {
      this.mark = mark;
    }

    /** How memories name it. */
    int mark() {
      return mark;
    }
  }

  /** No budget: the latency target alone. */
  public static final Budget LATENCY_ONLY = new Budget(Unit.NONE, 0);

  public Budget {
    if (unit == Unit.NONE) {
      if (perSecond != 0) {
        throw new IllegalArgumentException(
            "without a budget 0 must be asked for, but was " + perSecond);
      }
    } else if (!(perSecond > 0) || perSecond == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "budget must be above 0 %s and finite, but was %s"
              .formatted(unit == Unit.CORES ? "cores" : "multiply-adds per second", perSecond));
    }
  }

  /** CPU seconds per second. */
  public static Budget cores(double cores) {
    return new Budget(Unit.CORES, cores);
  }

  /** Multiply-adds per second. */
  public static Budget multiplyAdds(double perSecond) {
    return new Budget(Unit.MULTIPLY_ADDS, perSecond);
  }

  /**
   * The same in another amount; nothing stays nothing.
   *
   * @param amount per second, above 0
   */
  public Budget of(double amount) {
    return unit == Unit.NONE ? this : new Budget(unit, amount);
  }

  /** What was spent of it. */
  double spent(Observation seen, LookWork work) {
    return switch (unit) {
      case CORES -> seen.spentNanos() / 1e9;
      case MULTIPLY_ADDS -> work.of(seen.glances(), seen.focuses());
      case NONE -> 0;
    };
  }
}
