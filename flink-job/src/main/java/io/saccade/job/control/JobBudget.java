package io.saccade.job.control;

import io.saccade.budget.Settings;
import io.saccade.wire.Control;
import java.io.Serializable;
import java.util.Optional;

/**
 * What is asked of the whole job.
 *
 * @param cores CPU seconds per second of all subtasks together
 * @param targetAgeMillis waiting time to work towards
 * @param maxAgeMillis a frame older than this is shed unread
 */
public record JobBudget(double cores, long targetAgeMillis, long maxAgeMillis)
    implements Serializable {

  /** Share of a core that a subtask can count on; the rest is the JVM's and the kernel's. */
  public static final double USABLE_CORE = 0.95;

  /** Longest age that can be asked for: a year, which keeps nanoseconds far from overflow. */
  public static final long LONGEST_AGE_MILLIS = 365L * 24 * 3600 * 1000;

  public static JobBudget of(Control control) {
    return new JobBudget(control.budgetCores(), control.targetAgeMillis(), control.maxAgeMillis());
  }

  /** Most cores that so many subtasks can use, since each has one thread. */
  public static double mostCores(int parallelism) {
    return USABLE_CORE * parallelism;
  }

  /** Whether so many subtasks can use that many cores, rounding forgiven. */
  public static boolean fits(double cores, int parallelism) {
    return cores <= mostCores(parallelism) + 1e-9;
  }

  /** What {@link #fits} expects, in words. */
  public static String expectation(int parallelism) {
    return "budget must be at most %s cores for %d %s (%s of a core each)"
        .formatted(
            Math.round(mostCores(parallelism) * 1000) / 1000.0,
            parallelism,
            parallelism == 1 ? "subtask" : "subtasks",
            USABLE_CORE);
  }

  /** Why so many subtasks refuse that many cores; empty when they take them. */
  public static Optional<String> objection(double cores, int parallelism) {
    return fits(cores, parallelism)
        ? Optional.empty()
        : Optional.of("%s, but was %s".formatted(expectation(parallelism), cores));
  }

  /** An equal share for each subtask. */
  public Settings share(int parallelism) {
    return new Settings(
        cores / parallelism,
        targetAgeMillis * 1_000_000,
        maxAgeMillis * 1_000_000,
        Settings.WINDOW_NANOS,
        Settings.DRAIN_HORIZON_NANOS);
  }

  /** The same with no more cores than so many subtasks can use. */
  public JobBudget within(int parallelism) {
    return fits(cores, parallelism)
        ? this
        : new JobBudget(mostCores(parallelism), targetAgeMillis, maxAgeMillis);
  }
}
