package io.saccade.simulate.replay;

import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Settings;
import io.saccade.budget.StageCosts;
import io.saccade.simulate.measure.RunLog.Dial;
import io.saccade.wire.Status;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Status records of simulated decisions, as the job writes them. */
public final class Logs {
  private Logs() {}

  /** As jobs wrote them before they said their stage costs. */
  public static Status status(Dial dial, String controller, int subtask, Settings settings) {
    return status(dial, controller, subtask, settings, null);
  }

  public static Status status(
      Dial dial, String controller, int subtask, Settings settings, @Nullable StageCosts costs) {
    Observation seen = dial.seen();
    OperatingPoint point = dial.point();
    return Status.decision(
        new Status.From(subtask, 2, seen.nowNanos() / 1_000_000, 0),
        controller,
        new Status.Settings(
            settings.budgetCores(),
            settings.targetAgeNanos(),
            settings.maxAgeNanos(),
            settings.windowNanos(),
            settings.drainHorizonNanos()),
        new Status.Seen(
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
            seen.busyNanos()),
        Arrays.stream(dial.memory()).boxed().toList(),
        new Status.Decided(
            point.position(),
            point.keep(),
            point.offeredPerSecond(),
            point.demandPerSecond(),
            point.costNanos(),
            point.slowdown()),
        costs == null
            ? null
            : new Status.Nominal(costs.decodeNanos(), costs.glanceNanos(), costs.focusNanos()));
  }

  /** The answer to a control record. */
  public static Status answer() {
    return Status.answer(new Status.From(0, 2, 1, 1), Status.CONTROL_ACCEPTED, null);
  }
}
