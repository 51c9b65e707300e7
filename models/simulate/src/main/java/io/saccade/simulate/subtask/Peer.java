package io.saccade.simulate.subtask;

import io.saccade.budget.Controller;
import io.saccade.budget.ControllerKind;
import io.saccade.budget.LookDeadline;
import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Settings;
import io.saccade.budget.Tally;
import io.saccade.budget.Thinning;
import io.saccade.budget.drift.Audit;
import io.saccade.budget.share.Cameras;
import io.saccade.budget.share.Cameras.Admission;
import io.saccade.budget.share.Demand;
import io.saccade.budget.share.DemandMeter;
import io.saccade.budget.share.Neighbours;
import io.saccade.simulate.load.Capacity;
import io.saccade.simulate.load.Crowds.Crowd;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.subtask.Fleet.Treatment;
import io.saccade.simulate.trace.Trace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One subtask among several, in virtual time: the operator's loop with the law at the dial, a share
 * of the job's budget by what its neighbours say, and fairness among its cameras.
 */
final class Peer {
  private static final long TICK_NANOS = 100_000_000;
  private static final long NEWS_NANOS = 1_000_000_000;
  private static final long EAGER_NANOS = 200_000_000;
  private static final long TIMER_SLACK_NANOS = 2_000_000;

  private final int subtask;
  private final int parallelism;
  private final double budget;
  private final boolean fair;
  private final Audit audit;
  private final Trace trace;
  private final List<Frame> frames;
  private final Controller law;
  private final DemandMeter meter;
  private final Neighbours neighbours;
  private final Cameras cameras;
  private final Consumer<Demand> publish;
  private final SplittableRandom random;
  private final Core core;
  private final Map<Integer, Thinning> unfair = new HashMap<>();
  private final PeerLog log;

  private int next;
  private long nextTick = TICK_NANOS;
  private long lastTick;
  private long lastNews = Long.MIN_VALUE / 2;
  private boolean saidDeaf;
  private Tally tally = new Tally();
  private double[] memory;
  private double[] metered;
  private double share;
  private Settings settings;
  private OperatingPoint point;
  private LookDeadline deadline;

  Peer(
      int subtask,
      int parallelism,
      double budget,
      Crowd crowd,
      Trace trace,
      Treatment treatment,
      Consumer<Demand> publish,
      long seed) {
    this.subtask = subtask;
    this.parallelism = parallelism;
    this.budget = budget;
    fair = treatment.fair();
    audit = treatment.audit();
    this.trace = trace;
    this.frames = crowd.frames();
    this.publish = publish;
    double[][] reach = trace.frontier().reach();
    law = ControllerKind.LAW.create(reach, trace.nominal());
    meter = new DemandMeter(trace.nominal(), trace.looks());
    random = new SplittableRandom(seed);
    core = new Core(crowd.scenario().host(), random);
    neighbours = new Neighbours(subtask, parallelism, core.wall());
    log = new PeerLog(crowd.scenario(), frames.size());
    memory = law.initialMemory();
    metered = meter.initialMemory();
    share = budget / parallelism;
    settings = Settings.of(share);
    point = law.next(memory, settings, Observation.silence(core.wall())).point();
    cameras = new Cameras(reach, point);
    cameras.terms(treatment.terms());
    deadline = LookDeadline.at(settings, trace.nominal(), point);
  }

  PeerLog log() {
    return log;
  }

  void hear(Demand news, long at) {
    neighbours.hear(news, Core.EPOCH_NANOS + at);
  }

  /** Works until a moment, nanoseconds since the start; a frame in hand is finished. */
  void advance(long until) {
    while (core.now() < until) {
      if (core.now() >= nextTick) {
        tick();
      } else if (next < frames.size() && frames.get(next).available() <= core.now()) {
        take(frames.get(next++));
      } else {
        long idle = next < frames.size() ? frames.get(next).available() : until;
        core.idle(Math.min(until, Math.min(nextTick, idle)));
      }
    }
  }

  /** Takes what is still queued, and what comes yet. */
  void drain() {
    while (next < frames.size()) {
      Frame frame = frames.get(next++);
      core.idle(Math.max(core.now(), frame.available()));
      take(frame);
    }
  }

  private void take(Frame frame) {
    long start = core.now();
    if (age(frame) > settings.maxAgeNanos()) {
      tally.arrives(core.wall(), Core.EPOCH_NANOS + frame.stamped());
      spend(Capacity.UNSEEN_NANOS);
      log.shed(start);
      return;
    }
    Admission admission = admits(frame);
    if (admission == Admission.CAMERA_CAP) {
      spend(Capacity.UNSEEN_NANOS);
      log.refused(frame, start);
      return;
    }
    tally.arrives(core.wall(), Core.EPOCH_NANOS + frame.stamped());
    if (admission == Admission.THINNED) {
      spend(Capacity.UNSEEN_NANOS);
      log.thinned(frame, start);
      return;
    }
    double before = log.spent();
    int looks = look(frame);
    spend(Capacity.OVERHEAD_NANOS);
    cameras.spent(name(frame), log.spent() - before);
    log.classified(frame, core.now(), looks);
  }

  private Admission admits(Frame frame) {
    if (fair) {
      return cameras.admits(name(frame));
    }
    Thinning thinning = unfair.computeIfAbsent(frame.camera(), camera -> new Thinning(0));
    return thinning.keeps(point.keep()) ? Admission.LOOKED_AT : Admission.THINNED;
  }

  private int look(Frame frame) {
    double position = fair ? cameras.position(name(frame)) : point.position();
    float[] thresholds = trace.frontier().thresholds(position, frame.seed());
    boolean audited = audit.chooses(frame.seed()) && cameras.allowsAudit(name(frame));
    int enough = audited ? trace.looks() : frame.content().looksUnder(thresholds);
    tally.decoded(stage(frame.content().decodeNanos()));
    tally.glanced(stage(frame.content().looks().get(0).nanos()));
    int looks = 1;
    while (looks < enough && deadline.allows(age(frame)) && (audited || allowsFocus(frame))) {
      tally.focused(stage(frame.content().looks().get(looks).nanos()));
      cameras.focused(name(frame));
      looks++;
    }
    return looks;
  }

  private boolean allowsFocus(Frame frame) {
    boolean allowed = !fair || cameras.allowsFocus(name(frame));
    log.capped(allowed ? 0 : 1);
    return allowed;
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
    Observation seen = tally.take(core.wall());
    double seconds = (core.now() - lastTick) / 1e9;
    lastTick = core.now();
    share = neighbours.share(budget, core.wall());
    settings = Settings.of(share);
    Controller.Decision decision = law.next(memory, settings, seen);
    memory = decision.memory();
    point = decision.point();
    deadline = LookDeadline.at(settings, trace.nominal(), point);
    metered = meter.next(metered, seen, point.offeredPerSecond(), seconds);
    boolean deaf = neighbours.deaf(core.wall());
    Demand demand =
        meter.demand(
            metered,
            subtask,
            parallelism,
            core.wall() / 1_000_000,
            fair ? cameras.weight() : 1,
            deaf);
    boolean news = meter.jumped(metered) || deaf != saidDeaf;
    if (core.now() - lastNews >= (news ? EAGER_NANOS : NEWS_NANOS)) {
      publish.accept(demand);
      lastNews = core.now();
      saidDeaf = deaf;
    }
    cameras.tick(new Cameras.Tick(point, share, demand, budget, seconds));
    log.decided(core.now(), share, demand, point);
    nextTick = core.now() + TICK_NANOS + random.nextLong(TIMER_SLACK_NANOS);
  }

  private long age(Frame frame) {
    return core.wall() - Core.EPOCH_NANOS - frame.stamped();
  }

  private static String name(Frame frame) {
    return "camera-" + frame.camera();
  }
}
