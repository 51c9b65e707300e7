package io.saccade.simulate.subtask;

import io.saccade.budget.Controller;
import io.saccade.budget.LookDeadline;
import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Settings;
import io.saccade.budget.Tally;
import io.saccade.simulate.load.Capacity;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.measure.RunLog;
import io.saccade.simulate.trace.Trace;
import java.util.List;
import java.util.SplittableRandom;

/** One subtask on one core, in virtual time: the operator's loop with a controller at the dial. */
public final class Subtask {
  private static final long TICK_NANOS = 100_000_000;
  private static final long TIMER_SLACK_NANOS = 2_000_000;

  private final Scenario scenario;
  private final Trace trace;
  private final List<Frame> frames;
  private final Controller controller;
  private final Shedding shedding;
  private Settings settings;
  private final SplittableRandom random;
  private final Core core;
  private final RunLog log;
  private final Outdated outdated;

  private long nextTick = TICK_NANOS;
  private boolean wasDown;
  private Tally tally = new Tally();
  private double[] memory;
  private OperatingPoint point;
  private LookDeadline deadline;

  private Subtask(
      Scenario scenario,
      Trace trace,
      List<Frame> frames,
      Controller controller,
      Shedding shedding,
      long seed) {
    this.scenario = scenario;
    this.trace = trace;
    this.frames = frames;
    this.controller = controller;
    this.shedding = shedding;
    settings = scenario.settings();
    random = new SplittableRandom(seed);
    core = new Core(scenario.host(), random);
    log = new RunLog(scenario, frames);
    outdated = new Outdated(frames, scenario.load().cameras());
    // As the operator does at start: a first point, and a memory that has seen nothing yet.
    memory = controller.initialMemory();
    point = controller.next(memory, settings, Observation.silence(core.wall())).point();
    deadline = LookDeadline.at(settings, trace.nominal(), point);
  }

  /** Runs a scenario to its end; frames still queued then are counted as waiting. */
  public static RunLog run(
      Scenario scenario,
      Trace trace,
      List<Frame> frames,
      Controller controller,
      Shedding shedding,
      long seed) {
    Subtask subtask = new Subtask(scenario, trace, frames, controller, shedding, seed);
    subtask.work();
    return subtask.log;
  }

  private void work() {
    long end = (long) (scenario.seconds() * 1e9);
    int next = 0;
    while (core.now() < end) {
      if (core.isDown()) {
        core.wakeUp();
        wasDown = true;
      } else if (wasDown) {
        restore();
      } else if (core.now() >= nextTick) {
        tick();
      } else if (next < frames.size() && frames.get(next).available() <= core.now()) {
        take(frames.get(next), outdated.at(next, core.now()));
        next++;
      } else {
        long idle = next < frames.size() ? frames.get(next).available() : end;
        core.idle(Math.min(nextTick, idle));
      }
    }
    log.ends(frames.size() - next);
  }

  /** As after a restart: memory and operating point are kept, what was counted is not. */
  private void restore() {
    wasDown = false;
    tally = new Tally();
    nextTick = core.now() + TICK_NANOS;
  }

  private void take(Frame frame, boolean outdated) {
    long start = core.now();
    tally.arrives(core.wall(), Core.EPOCH_NANOS + frame.stamped());
    if (age(frame) > settings.maxAgeNanos()) {
      spend(Capacity.UNSEEN_NANOS);
      log.shed(start);
    } else if (!shedding.keeps(frame, point, outdated)) {
      spend(Capacity.UNSEEN_NANOS);
      log.thinned(start);
    } else {
      int looks = look(frame);
      spend(Capacity.OVERHEAD_NANOS);
      log.classified(frame, core.now(), looks);
    }
  }

  private int look(Frame frame) {
    float[] thresholds = trace.frontier().thresholds(point.position(), frame.seed());
    int enough = frame.content().looksUnder(thresholds);
    tally.decoded(stage(frame.content().decodeNanos()));
    tally.glanced(stage(frame.content().looks().get(0).nanos()));
    log.looked(core.now(), trace.work().glance());
    int looks = 1;
    while (looks < enough && deadline.allows(age(frame))) {
      tally.focused(stage(frame.content().looks().get(looks).nanos()));
      log.looked(core.now(), trace.work().focus());
      looks++;
    }
    return looks;
  }

  private long stage(long recorded) {
    long nanos = core.cost(recorded);
    spend(nanos);
    return nanos;
  }

  private void spend(long cpuNanos) {
    log.spent(core.now(), cpuNanos);
    tally.spent(cpuNanos);
    tally.busy(core.work(cpuNanos));
  }

  private void tick() {
    Observation seen = tally.take(core.steady());
    settings = scenario.settings(core.seconds());
    Controller.Decision decision = controller.next(memory, settings, seen);
    log.decided(core.now(), memory, seen, decision.point());
    memory = decision.memory();
    point = decision.point();
    deadline = LookDeadline.at(settings, trace.nominal(), point);
    // Registered anew, so a frame in hand delays this tick and the next; timers are a little late.
    nextTick = core.now() + TICK_NANOS + random.nextLong(TIMER_SLACK_NANOS);
  }

  /** Age as the operator sees it. */
  private long age(Frame frame) {
    return core.wall() - Core.EPOCH_NANOS - frame.stamped();
  }
}
