package io.saccade.job;

import static java.util.Objects.requireNonNull;

import io.saccade.budget.ControllerKind;
import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Settings;
import io.saccade.budget.StageCosts;
import io.saccade.wire.Status;

/** Decides again what a status record says was decided, from that record and the bundle alone. */
final class Replay {
  private Replay() {}

  static OperatingPoint decided(Status status) {
    Status.Decided decided = requireNonNull(status.decided());
    return new OperatingPoint(
        decided.position(),
        decided.keep(),
        decided.offeredPerSecond(),
        decided.demandPerSecond(),
        decided.costNanos(),
        decided.slowdown());
  }

  static OperatingPoint again(Status status, double[][] reach) {
    Status.Nominal nominal = requireNonNull(status.nominal());
    StageCosts costs =
        new StageCosts(nominal.decodeNanos(), nominal.glanceNanos(), nominal.focusNanos());
    return ControllerKind.valueOf(requireNonNull(status.controller()))
        .create(reach, costs)
        .next(
            status.memory().stream().mapToDouble(Double::doubleValue).toArray(),
            settings(requireNonNull(status.settings())),
            seen(requireNonNull(status.seen())))
        .point();
  }

  private static Settings settings(Status.Settings settings) {
    return new Settings(
        settings.budgetCores(),
        settings.targetAgeNanos(),
        settings.maxAgeNanos(),
        settings.windowNanos(),
        settings.drainHorizonNanos());
  }

  private static Observation seen(Status.Seen seen) {
    return new Observation(
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
}
