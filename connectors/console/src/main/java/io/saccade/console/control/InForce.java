package io.saccade.console.control;

import io.saccade.wire.Control;
import io.saccade.wire.Status;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings that jobs run with. */
public final class InForce {
  private InForce() {}

  /**
   * Those that all jobs share: the written ones, when any job follows them or none runs; else those
   * that the first job was started with.
   */
  public static Optional<Control> of(Optional<Control> newest, Running running) {
    List<Optional<Control>> each =
        running.jobs().stream().map(it -> of(newest, it.decisions())).toList();
    return each.isEmpty() || each.contains(newest) ? newest : each.get(0);
  }

  /**
   * Those of one job: the written ones, when the job follows them or none runs; else those that it
   * was started with, as far as its decisions tell them. They do not tell of audits and cameras:
   * these are the written ones, lest a subtask that lags by a record wipes them.
   */
  public static Optional<Control> of(Optional<Control> newest, List<Status> decisions) {
    boolean followed =
        newest.isPresent() && decisions.stream().allMatch(it -> it.epoch() == newest.get().epoch());
    return followed ? newest : started(newest, decisions).or(() -> newest);
  }

  private static Optional<Control> started(Optional<Control> newest, List<Status> decisions) {
    return decisions.stream()
        .map(Status::settings)
        .filter(Objects::nonNull)
        .findFirst()
        .map(settings -> control(newest, decisions, settings));
  }

  private static Control control(
      Optional<Control> newest, List<Status> decisions, Status.Settings settings) {
    String unit = settings.budgetUnit();
    boolean cores = unit == null || unit.equals(Status.Settings.CORES);
    boolean multiplyAdds = Status.Settings.MULTIPLY_ADDS.equals(unit);
    return new Control(
        Control.SCHEMA,
        Math.max(1, decisions.get(0).epoch()),
        "the job's start",
        cores ? total(decisions, Status.Settings::budgetCores) : null,
        multiplyAdds ? total(decisions, InForce::multiplyAdds) : null,
        TimeUnit.NANOSECONDS.toMillis(settings.targetAgeNanos()),
        TimeUnit.NANOSECONDS.toMillis(settings.maxAgeNanos()),
        newest.map(Control::auditShare).orElse(Control.AUDITS),
        newest.map(Control::cameras).orElse(Map.of()));
  }

  private static @Nullable Double multiplyAdds(Status.Settings settings) {
    return settings.budgetMultiplyAddsPerSecond();
  }

  /** Something of each subtask's settings. */
  private interface Part {
    @Nullable Double of(Status.Settings settings);
  }

  /** The sum of all shares; of those that were heard, in proportion, when some were not. */
  private static double total(List<Status> decisions, Part part) {
    double sum = 0;
    for (Status decision : decisions) {
      Status.Settings settings = decision.settings();
      Double share = settings == null ? null : part.of(settings);
      sum += share == null ? 0 : share;
    }
    double total = sum * decisions.get(0).parallelism() / decisions.size();
    // Shares are rounded, and what people asked for was not.
    return Math.round(total * 1e9) / 1e9;
  }

  /** In words. */
  public static String described(Control control) {
    String cameras =
        control.cameras().entrySet().stream()
            .map(
                it ->
                    String.format(
                        Locale.ROOT,
                        "; %s: weight %s, at most %s of the budget",
                        it.getKey(),
                        it.getValue().weight(),
                        percent(it.getValue().cap())))
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "%s, target age %d ms, maximum age %d ms, audits %s%s",
        budget(control),
        control.targetAgeMillis(),
        control.maxAgeMillis(),
        percent(control.auditShare()),
        cameras);
  }

  private static String budget(Control control) {
    if (control.budgetCores() != null) {
      return control.budgetCores() + " cores";
    }
    return control.budgetMultiplyAddsPerSecond() == null
        ? "no budget but the target age"
        : String.format(
            Locale.ROOT, "%.4g multiply-adds per second", control.budgetMultiplyAddsPerSecond());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.4g%%", 100 * share).replaceAll("\\.?0+%", "%");
  }
}
