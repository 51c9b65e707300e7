package io.saccade.job.control;

import io.saccade.budget.Budget;
import io.saccade.budget.Settings;
import io.saccade.budget.share.CameraTerms;
import io.saccade.wire.Control;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is asked of the whole job.
 *
 * @param budget of all subtasks together
 * @param targetAgeMillis waiting time to work towards
 * @param maxAgeMillis a frame older than this is shed unread
 * @param auditShare share of the frames looked at to full depth whatever they show
 * @param cameras weights and caps of single cameras, by name
 */
public record JobBudget(
    Budget budget,
    long targetAgeMillis,
    long maxAgeMillis,
    double auditShare,
    Map<String, CameraTerms> cameras)
    implements Serializable {

  /** Share of a core that a subtask can count on; the rest is the JVM's and the kernel's. */
  public static final double USABLE_CORE = Settings.USABLE_CORE;

  /**
   * Least that can be asked for, per second: a millionth of a core. Of less than that a subtask's
   * share could become nothing, which is no budget at all.
   */
  public static final double LEAST_BUDGET = 1e-6;

  /** Less than any share of that: a controller can still divide by it. */
  private static final double LEAST_SHARE = 1e-12;

  /** Longest age that can be asked for: a year, which keeps nanoseconds far from overflow. */
  public static final long LONGEST_AGE_MILLIS = 365L * 24 * 3600 * 1000;

  /** A budget in cores for all cameras alike, with the usual audits. */
  public static JobBudget ofCores(double cores, long targetAgeMillis, long maxAgeMillis) {
    return new JobBudget(
        Budget.cores(cores), targetAgeMillis, maxAgeMillis, Control.AUDITS, Map.of());
  }

  public static JobBudget of(Control control) {
    Map<String, CameraTerms> cameras = new TreeMap<>();
    control
        .cameras()
        .forEach((name, terms) -> cameras.put(name, new CameraTerms(terms.weight(), terms.cap())));
    return new JobBudget(
        budget(control),
        control.targetAgeMillis(),
        control.maxAgeMillis(),
        control.auditShare(),
        cameras);
  }

  private static Budget budget(Control control) {
    Double cores = control.budgetCores();
    Double multiplyAdds = control.budgetMultiplyAddsPerSecond();
    if (cores != null) {
      return Budget.cores(cores);
    }
    return multiplyAdds == null ? Budget.LATENCY_ONLY : Budget.multiplyAdds(multiplyAdds);
  }

  /** Most cores that so many subtasks can use, since each has one thread. */
  public static double mostCores(int parallelism) {
    return USABLE_CORE * parallelism;
  }

  /** Whether so many subtasks can use that many cores, rounding forgiven. */
  public static boolean fits(double cores, int parallelism) {
    return cores <= mostCores(parallelism) + 1e-9;
  }

  /** Whether so many subtasks can use this budget; multiply-adds are cheap or dear, who knows. */
  boolean fits(int parallelism) {
    return budget.unit() != Budget.Unit.CORES || fits(budget.perSecond(), parallelism);
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

  /**
   * What so many subtasks can spend of this budget per second, in its unit: without one, what their
   * cores give.
   */
  double usable(int parallelism) {
    return budget.unit() == Budget.Unit.MULTIPLY_ADDS
            || (budget.perSecond() > 0 && fits(parallelism))
        ? budget.perSecond()
        : mostCores(parallelism);
  }

  /** The settings of a subtask that may spend a share of {@link #usable}. */
  Settings settings(double share) {
    return new Settings(
        budget.of(Math.max(LEAST_SHARE, share)),
        targetAgeMillis * 1_000_000,
        maxAgeMillis * 1_000_000,
        Settings.WINDOW_NANOS,
        Settings.DRAIN_HORIZON_NANOS);
  }
}
