package io.saccade.bench.control;

import io.saccade.bench.control.Trial.Change;
import io.saccade.bench.control.Trial.Deed;
import io.saccade.simulate.load.Span;
import io.saccade.simulate.measure.RunLog;
import io.saccade.simulate.measure.RunLog.Dial;
import io.saccade.wire.Status;
import java.util.ArrayList;
import java.util.List;

/** Figures that need no simulator to compare with. */
final class Gauges {
  /** After the last frame: what it has left behind is done by then. */
  private static final long CALM_NANOS = 300_000_000;

  private static final double TOLERANCE = 0.1;
  private static final double STEP_SECONDS = 0.1;

  private Gauges() {}

  /**
   * CPU seconds per second of the classifying thread in the silence at the end; 0 when there was
   * none.
   */
  static double idleCores(List<Status> decisions) {
    long lastArrival = 0;
    for (Status it : decisions) {
      Status.Seen seen = it.seen();
      if (seen != null && seen.arrivals() > 0) {
        lastArrival = seen.nowNanos();
      }
    }
    long before = 0;
    long spent = 0;
    long nanos = 0;
    for (Status it : decisions) {
      Status.Seen seen = it.seen();
      if (seen != null && seen.nowNanos() > lastArrival + CALM_NANOS) {
        if (before > 0) {
          spent += seen.spentNanos();
          nanos += seen.nowNanos() - before;
        }
        before = seen.nowNanos();
      }
    }
    return nanos == 0 ? 0 : spent / (double) nanos;
  }

  /** How much longer the same CPU time took while a thief was at work; 1 without one. */
  static double theft(List<Dial> dials, Trial trial) {
    if (trial.deed() != Deed.THEFT) {
      return 1;
    }
    Span trouble = trial.scenario().trouble();
    return Math.max(
        1, stretch(dials, trouble) / stretch(dials, new Span(trouble.from() / 2, trouble.from())));
  }

  private static double stretch(List<Dial> dials, Span span) {
    double busy = 0;
    double spent = 0;
    for (Dial dial : dials) {
      if (span.contains(dial.at() / 1e9)) {
        busy += dial.seen().busyNanos();
        spent += dial.seen().spentNanos();
      }
    }
    return spent == 0 ? 1 : busy / spent;
  }

  /**
   * Seconds from each change of the budget until the second after spends it, within a tenth; until
   * the next change when it never does.
   */
  static List<Double> secondsToFollow(RunLog log, Trial trial) {
    List<Double> all = new ArrayList<>();
    List<Change> changes = trial.changes();
    for (int i = 0; i < changes.size(); i++) {
      double from = changes.get(i).atSeconds();
      double until =
          i + 1 < changes.size() ? changes.get(i + 1).atSeconds() : trial.scenario().seconds();
      double cores = changes.get(i).cores();
      double at = from;
      while (at + 1 < until && Math.abs(log.used(at, at + 1) - cores) > TOLERANCE * cores) {
        at += STEP_SECONDS;
      }
      all.add(at + 1 < until ? at - from : until - from);
    }
    return all;
  }
}
