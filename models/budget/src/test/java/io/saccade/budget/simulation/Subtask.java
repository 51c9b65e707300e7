package io.saccade.budget.simulation;

import io.saccade.budget.Controller;
import io.saccade.budget.LookDeadline;
import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Settings;
import io.saccade.budget.StageCosts;
import io.saccade.budget.Thinning;
import io.saccade.budget.simulation.Arrivals.Frame;
import java.util.List;
import java.util.SplittableRandom;

/** One subtask on one core, in virtual time: the operator's loop with a controller at the dial. */
final class Subtask {
  /** 2026-01-01, so that times have the size they have in life. */
  private static final long EPOCH_NANOS = 1_767_225_600_000_000_000L;

  private static final double TICK_SECONDS = 0.1;
  private static final double PAUSE_SECONDS = 0.15;

  private final Scenario scenario;
  private final Controller controller;
  private final StageCosts nominal;
  private final Settings settings;
  private final double[][] reach = Plant.reach();
  private final SplittableRandom random;
  private final Thinning[] thinning;
  private final Report report;

  private double now;
  private double nextTick = TICK_SECONDS;
  private double nextPause;
  private double newest = Double.NaN;
  private double[] memory;
  private OperatingPoint point;
  private LookDeadline deadline;

  // Since the last tick; CPU and wall times in seconds.
  private long arrivals;
  private double span;
  private double minimumAge = Double.POSITIVE_INFINITY;
  private final long[] times = new long[3];
  private final double[] cpu = new double[3];
  private double spent;
  private double busy;

  private Subtask(Scenario scenario, Controller controller, StageCosts nominal, long seed) {
    this.scenario = scenario;
    this.controller = controller;
    this.nominal = nominal;
    settings = Settings.of(scenario.budgetCores());
    random = new SplittableRandom(seed);
    thinning = new Thinning[scenario.cameras()];
    for (int camera = 0; camera < thinning.length; camera++) {
      thinning[camera] = new Thinning(0);
    }
    nextPause = scenario.pauseEverySeconds();
    report = new Report(scenario.name(), scenario.seconds());
    // As the operator does at start: a first decision before the first frame.
    Controller.Decision first =
        controller.next(controller.initialMemory(), settings, Observation.silence(nanos(0)));
    memory = first.memory();
    point = first.point();
    deadline = LookDeadline.at(settings, nominal, point);
  }

  /** Runs a scenario to its end; frames still queued then are counted as waiting. */
  static Report run(Scenario scenario, Controller controller, StageCosts nominal, long seed) {
    Subtask subtask = new Subtask(scenario, controller, nominal, seed + 1);
    subtask.work(Arrivals.of(scenario, seed));
    return subtask.report;
  }

  private void work(List<Frame> frames) {
    int next = 0;
    while (now < scenario.seconds()) {
      if (now >= nextTick) {
        tick();
      } else if (next < frames.size() && frames.get(next).available() <= now) {
        take(frames.get(next++));
      } else {
        double idle = next < frames.size() ? frames.get(next).available() : scenario.seconds();
        now = Math.min(nextTick, idle);
      }
    }
    report.offered(frames.size(), frames.size() - next);
  }

  private void take(Frame frame) {
    double age = Math.max(0, now - frame.stamped());
    arrivals++;
    minimumAge = Math.min(minimumAge, age);
    span += Double.isNaN(newest) ? 0 : Math.max(0, frame.stamped() - newest);
    newest = Double.isNaN(newest) ? frame.stamped() : Math.max(newest, frame.stamped());
    if (age * 1e9 > settings.maxAgeNanos()) {
      spend(Plant.UNSEEN_SECONDS);
      report.shed();
    } else if (!thinning[frame.camera()].keeps(point.keep())) {
      spend(Plant.UNSEEN_SECONDS);
      report.thinned();
    } else {
      int looks = look(frame);
      spend(Plant.OVERHEAD_SECONDS);
      report.classified(now, now - frame.captured(), looks);
    }
  }

  private int look(Frame frame) {
    stage(0, Plant.COSTS.decodeNanos());
    stage(1, Plant.COSTS.glanceNanos());
    // Two neighbouring points are mixed, frame by frame.
    int index = (int) point.position();
    int mixed = random.nextDouble() < point.position() - index ? index + 1 : index;
    double hardness = scenario.hardness().at(now);
    int looks = 1;
    while (looks < reach[0].length
        && frame.difficulty() < Plant.reach(reach, mixed, looks, hardness)
        && deadline.allows((long) ((now - frame.stamped()) * 1e9))) {
      stage(2, Plant.COSTS.focusNanos());
      looks++;
    }
    return looks;
  }

  private void stage(int stage, double nanos) {
    double noise = 0.9 + 0.2 * random.nextDouble();
    double seconds = nanos / 1e9 * noise * scenario.slowness().at(now);
    times[stage]++;
    cpu[stage] += seconds;
    spend(seconds);
  }

  private void spend(double seconds) {
    double wall = seconds * scenario.theft().at(now);
    if (nextPause > 0 && now >= nextPause) {
      wall += PAUSE_SECONDS;
      nextPause += scenario.pauseEverySeconds();
    }
    report.spent(now, seconds);
    spent += seconds;
    busy += wall;
    now += wall;
  }

  private void tick() {
    Observation seen =
        new Observation(
            nanos(now),
            arrivals,
            (long) (span * 1e9),
            arrivals == 0 ? Observation.NO_FRAME : (long) (minimumAge * 1e9),
            times[0],
            (long) (cpu[0] * 1e9),
            times[1],
            (long) (cpu[1] * 1e9),
            times[2],
            (long) (cpu[2] * 1e9),
            (long) (spent * 1e9),
            (long) (busy * 1e9));
    Controller.Decision decision = controller.next(memory, settings, seen);
    memory = decision.memory();
    point = decision.point();
    deadline = LookDeadline.at(settings, nominal, point);
    report.decided(now, seen, point);
    arrivals = 0;
    span = 0;
    minimumAge = Double.POSITIVE_INFINITY;
    java.util.Arrays.fill(times, 0);
    java.util.Arrays.fill(cpu, 0);
    spent = 0;
    busy = 0;
    // Timers fire late: a little always, and a frame's time when one is being looked at.
    nextTick = (Math.floor(now / TICK_SECONDS) + 1) * TICK_SECONDS + 0.01 * random.nextDouble();
  }

  private static long nanos(double seconds) {
    return EPOCH_NANOS + (long) (seconds * 1e9);
  }
}
