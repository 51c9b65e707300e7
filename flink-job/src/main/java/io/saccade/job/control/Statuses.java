package io.saccade.job.control;

import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Settings;
import io.saccade.budget.StageCosts;
import io.saccade.wire.Status;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decisions and answers as they go on the wire. */
final class Statuses {
  private Statuses() {}

  static Status decision(
      Place place,
      long epoch,
      Governor.Law law,
      Settings settings,
      Observation seen,
      double[] memoryBefore,
      OperatingPoint point) {
    return new Status(
        Status.SCHEMA,
        Status.DECISION,
        place.subtask(),
        place.parallelism(),
        seen.nowNanos() / 1_000_000,
        epoch,
        null,
        law.name(),
        settings(settings),
        seen(seen),
        numbers(memoryBefore),
        decided(point),
        nominal(law.nominal()));
  }

  static Status answer(
      Place place, String kind, long epoch, @Nullable String reason, long nowNanos) {
    return new Status(
        Status.SCHEMA,
        kind,
        place.subtask(),
        place.parallelism(),
        nowNanos / 1_000_000,
        epoch,
        reason,
        null,
        null,
        null,
        List.of(),
        null);
  }

  static List<Double> numbers(double[] memory) {
    return Arrays.stream(memory).boxed().toList();
  }

  private static Status.Settings settings(Settings settings) {
    return new Status.Settings(
        settings.budgetCores(),
        settings.targetAgeNanos(),
        settings.maxAgeNanos(),
        settings.windowNanos(),
        settings.drainHorizonNanos());
  }

  private static Status.Seen seen(Observation seen) {
    return new Status.Seen(
        seen.nowNanos(),
        seen.arrivals(),
        seen.captureSpanNanos(),
        seen.minimumAgeNanos(),
        seen.decodes(),
        seen.decodeNanos(),
        seen.glances(),
        seen.glanceNanos(),
        seen.focuses(),
        seen.focusNanos(),
        seen.spentNanos(),
        seen.busyNanos());
  }

  private static Status.Nominal nominal(StageCosts costs) {
    return new Status.Nominal(costs.decodeNanos(), costs.glanceNanos(), costs.focusNanos());
  }

  private static Status.Decided decided(OperatingPoint point) {
    return new Status.Decided(
        point.position(),
        point.keep(),
        point.offeredPerSecond(),
        point.demandPerSecond(),
        point.costNanos(),
        point.slowdown());
  }
}
