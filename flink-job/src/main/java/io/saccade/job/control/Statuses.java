package io.saccade.job.control;

import io.saccade.budget.Budget;
import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Settings;
import io.saccade.budget.share.Demand;
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
      Law law,
      Settings settings,
      Observation seen,
      double[] memoryBefore,
      OperatingPoint point) {
    return Status.decision(
        new Status.From(
            place.subtask(), place.parallelism(), seen.nowNanos() / 1_000_000, epoch, place.job()),
        law.name(),
        settings(settings),
        seen(seen),
        numbers(memoryBefore),
        decided(point),
        nominal(law));
  }

  static Status news(Place place, long epoch, Demand demand, Status.@Nullable Accuracy accuracy) {
    return Status.news(
        new Status.From(
            place.subtask(), place.parallelism(), demand.atMillis(), epoch, place.job()),
        new Status.Demand(
            demand.framesPerSecond(),
            demand.glanceCores(),
            demand.fullCores(),
            demand.mostCores(),
            demand.weight(),
            demand.deaf()),
        accuracy);
  }

  static Status answer(
      Place place, String kind, long epoch, @Nullable String reason, long nowNanos) {
    return Status.answer(
        new Status.From(
            place.subtask(), place.parallelism(), nowNanos / 1_000_000, epoch, place.job()),
        kind,
        reason);
  }

  static List<Double> numbers(double[] memory) {
    return Arrays.stream(memory).boxed().toList();
  }

  private static Status.Settings settings(Settings settings) {
    Budget budget = settings.budget();
    boolean cores = budget.unit() == Budget.Unit.CORES;
    return new Status.Settings(
        cores ? budget.perSecond() : JobBudget.USABLE_CORE,
        settings.targetAgeNanos(),
        settings.maxAgeNanos(),
        settings.windowNanos(),
        settings.drainHorizonNanos(),
        unit(budget.unit()),
        budget.unit() == Budget.Unit.MULTIPLY_ADDS ? budget.perSecond() : null);
  }

  private static String unit(Budget.Unit unit) {
    return switch (unit) {
      case CORES -> Status.Settings.CORES;
      case MULTIPLY_ADDS -> Status.Settings.MULTIPLY_ADDS;
      case NONE -> Status.Settings.NONE;
    };
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

  private static Status.Nominal nominal(Law law) {
    return new Status.Nominal(
        law.nominal().decodeNanos(),
        law.nominal().glanceNanos(),
        law.nominal().focusNanos(),
        law.work().glance(),
        law.work().focus());
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
