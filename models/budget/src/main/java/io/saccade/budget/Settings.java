package io.saccade.budget;

/**
 * What the operator of the system asked for, for one subtask.
 *
 * @param budget that this subtask may spend
 * @param targetAgeNanos waiting time worked towards, above 0
 * @param maxAgeNanos a frame older than this is shed unread, at least the target age
 * @param windowNanos the budget holds on average over this window, above 0
 * @param drainHorizonNanos a backlog is to be worked off within this time, above 0
 */
public record Settings(
    Budget budget,
    long targetAgeNanos,
    long maxAgeNanos,
    long windowNanos,
    long drainHorizonNanos) {

  /** Share of its core a subtask can count on; the rest is the JVM's and the kernel's. */
  public static final double USABLE_CORE = 0.95;

  /** Waiting time worked towards: 200 ms, a few Kafka fetches. */
  public static final long TARGET_AGE_NANOS = 200_000_000L;

  /** Age beyond which a frame is no longer live: 800 ms. */
  public static final long MAX_AGE_NANOS = 800_000_000L;

  /** Window of the budget: 10 s. */
  public static final long WINDOW_NANOS = 10_000_000_000L;

  /**
   * Time to work a backlog off: 500 ms. The shorter, the lower the ages where the core is the limit
   * (99th percentile 0.31 s instead of 0.34 s for 1 s, half the core stolen, in simulation); it has
   * to stay well above the dead time of a tick or two, or waiting time would swing.
   */
  public static final long DRAIN_HORIZON_NANOS = 500_000_000L;

  public Settings {
    aboveZero("target age", targetAgeNanos);
    aboveZero("window", windowNanos);
    aboveZero("drain horizon", drainHorizonNanos);
    if (maxAgeNanos < targetAgeNanos) {
      throw new IllegalArgumentException(
          "maximum age must be at least the target age of %d ns, but was %d ns"
              .formatted(targetAgeNanos, maxAgeNanos));
    }
  }

  /** A budget in cores. */
  public Settings(
      double budgetCores,
      long targetAgeNanos,
      long maxAgeNanos,
      long windowNanos,
      long drainHorizonNanos) {
    this(Budget.cores(budgetCores), targetAgeNanos, maxAgeNanos, windowNanos, drainHorizonNanos);
  }

  /** The defaults, for a budget in cores. */
  public static Settings of(double budgetCores) {
    return of(Budget.cores(budgetCores));
  }

  /** The defaults, for a budget. */
  public static Settings of(Budget budget) {
    return new Settings(budget, TARGET_AGE_NANOS, MAX_AGE_NANOS, WINDOW_NANOS, DRAIN_HORIZON_NANOS);
  }

  /** CPU seconds per second; unlimited when the budget is not in cores. */
  public double budgetCores() {
    return budget.unit() == Budget.Unit.CORES ? budget.perSecond() : Double.POSITIVE_INFINITY;
  }

  /** The window of the budget, seconds. */
  double windowSeconds() {
    return windowNanos / 1e9;
  }

  private static void aboveZero(String what, long nanos) {
    if (nanos <= 0) {
      throw new IllegalArgumentException(what + " must be above 0 ns, but was " + nanos + " ns");
    }
  }
}
