package io.saccade.bench.control;

import io.saccade.bench.control.Trial.Deed;
import io.saccade.simulate.contest.Contender;
import io.saccade.simulate.load.Arrivals;
import io.saccade.simulate.load.Course;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.load.Host;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.load.Span;
import io.saccade.simulate.measure.LeastShed;
import io.saccade.simulate.measure.Measures;
import io.saccade.simulate.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/** What the simulator says to a trial, with stage costs as measured on this machine. */
final class Prediction {
  private static final int SEEDS = 5;
  private static final long NEXT_SEED = 1_000;

  private Prediction() {}

  /**
   * The simulator's measures for several seeds, the given one first; none when the budget changes
   * while it runs.
   *
   * @param theft how strong the thief was: nobody can tell beforehand what a scheduler gives
   */
  static List<Measures> of(Trial trial, Trace trace, long seed, double theft) {
    List<Measures> all = new ArrayList<>();
    if (!trial.changes().isEmpty()) {
      return all;
    }
    Scenario scenario = stolen(trial, theft);
    for (int i = 0; i < SEEDS; i++) {
      long own = seed + i * NEXT_SEED;
      List<Frame> frames = Arrivals.of(scenario, trace, own);
      all.add(
          Measures.of(
              trial.contender().run(new Contender.Setting(scenario, trace, frames, own + 2)),
              trace,
              LeastShed.share(scenario, frames)));
    }
    return all;
  }

  private static Scenario stolen(Trial trial, double theft) {
    if (trial.deed() != Deed.THEFT) {
      return trial.scenario();
    }
    Span trouble = trial.scenario().trouble();
    return Trials.on(
        Host.stolen(Course.between(trouble.from(), trouble.until(), theft, 1)), trial.scenario());
  }
}
