package io.saccade.simulate.contest;

import io.saccade.budget.Budget;
import io.saccade.budget.Controller;
import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Settings;
import io.saccade.simulate.trace.Trace;

/**
 * Load shedding as stream processors do it: every look for some frames, none for the others, so
 * many that the budget is held. Rates and costs are what the subtask itself sees, over a second.
 *
 * <p>Memory: layout, time of the last tick, frames per second, CPU time of a frame, nanoseconds.
 */
record RandomDrop(Trace trace) implements Controller {
  private static final double LAYOUT = 5_001;
  private static final double HORIZON_SECONDS = 1;
  private static final double LEAST_KEEP = 0.01;

  @Override
  public double[] initialMemory() {
    double nanos =
        trace.nominal().decodeNanos()
            + trace.nominal().glanceNanos()
            + (trace.looks() - 1) * trace.nominal().focusNanos();
    return new double[] {LAYOUT, 0, 0, nanos};
  }

  @Override
  public Decision next(double[] memory, Settings settings, Observation seen) {
    double[] next = memory.clone();
    double passed = (seen.nowNanos() - memory[1]) / 1e9;
    double seconds = memory[1] == 0 || passed <= 0 ? 0.1 : Math.min(1, passed);
    double weight = seconds / (HORIZON_SECONDS + seconds);
    next[1] = seen.nowNanos();
    next[2] += weight * (seen.arrivals() / seconds - next[2]);
    if (seen.decodes() > 0) {
      next[3] += weight * (seen.spentNanos() / (double) seen.decodes() - next[3]);
    }
    double affordable = affordable(settings.budget(), next[3]);
    double keep = Math.max(LEAST_KEEP, Math.min(1, affordable / Math.max(1e-9, next[2])));
    return new Decision(new OperatingPoint(trace.last(), keep, next[2], next[2], next[3], 1), next);
  }

  /** Frames a second that can be looked at with every look. */
  private double affordable(Budget budget, double nanos) {
    double everyLook = trace.work().glance() + (trace.looks() - 1) * trace.work().focus();
    return switch (budget.unit()) {
      case CORES -> budget.perSecond() * 1e9 / Math.max(1, nanos);
      case MULTIPLY_ADDS -> budget.perSecond() / everyLook;
      case NONE -> 1e9 / Math.max(1, nanos);
    };
  }
}
