package io.saccade.simulate.replay;

import io.saccade.budget.Budget;
import io.saccade.budget.ControllerKind;
import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Settings;
import io.saccade.budget.StageCosts;
import io.saccade.wire.Status;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A decision on the status topic, as the controller knows such things. */
record LoggedDecision(
    ControllerKind kind,
    Optional<StageCosts> nominal,
    double[] memory,
    Settings settings,
    Observation seen,
    OperatingPoint point) {

  /**
   * Reads a decision.
   *
   * @throws IllegalArgumentException when something is missing or out of range, saying what
   */
  static LoggedDecision of(Status status) {
    return new LoggedDecision(
        kind(status),
        Optional.ofNullable(status.nominal())
            .map(it -> new StageCosts(it.decodeNanos(), it.glanceNanos(), it.focusNanos())),
        status.memory().stream().mapToDouble(Double::doubleValue).toArray(),
        settings(part("settings", status.settings())),
        seen(part("seen", status.seen())),
        point(part("decided", status.decided())));
  }

  private static ControllerKind kind(Status status) {
    String name = part("controller", status.controller());
    try {
      return ControllerKind.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "controller must be one of %s, but was %s"
              .formatted(Arrays.toString(ControllerKind.values()), name),
          e);
    }
  }

  private static Settings settings(Status.Settings logged) {
    return new Settings(
        budget(logged),
        logged.targetAgeNanos(),
        logged.maxAgeNanos(),
        logged.windowNanos(),
        logged.drainHorizonNanos());
  }

  private static Budget budget(Status.Settings logged) {
    String unit = logged.budgetUnit();
    return switch (unit == null ? Status.Settings.CORES : unit) {
      case Status.Settings.CORES -> Budget.cores(logged.budgetCores());
      case Status.Settings.MULTIPLY_ADDS ->
          Budget.multiplyAdds(
              part("budgetMultiplyAddsPerSecond", logged.budgetMultiplyAddsPerSecond()));
      case Status.Settings.NONE -> Budget.LATENCY_ONLY;
      default ->
          throw new IllegalArgumentException(
              "budgetUnit must be cores, multiply-adds or none, but was " + unit);
    };
  }

  private static Observation seen(Status.Seen logged) {
    return new Observation(
        logged.nowNanos(),
        logged.arrivals(),
        logged.captureSpanNanos(),
        logged.minimumAgeNanos(),
        logged.decodes(),
        logged.decodeNanos(),
        logged.glances(),
        logged.glanceNanos(),
        logged.focuses(),
        logged.focusNanos(),
        logged.spentNanos(),
        logged.busyNanos());
  }

  private static OperatingPoint point(Status.Decided logged) {
    return new OperatingPoint(
        logged.position(),
        logged.keep(),
        logged.offeredPerSecond(),
        logged.demandPerSecond(),
        logged.costNanos(),
        logged.slowdown());
  }

  private static <T> T part(String name, @Nullable T part) {
    if (part == null) {
      throw new IllegalArgumentException("a decision must have " + name + ", but had none");
    }
    return part;
  }
}
