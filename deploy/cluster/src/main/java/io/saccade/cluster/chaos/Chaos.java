package io.saccade.cluster.chaos;

import io.saccade.cluster.Patience;
import io.saccade.job.Delivery;
import io.saccade.quickstart.Machine;
import io.saccade.quickstart.Tail;
import io.saccade.wire.Topics;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;

/**
 * Faults under load: cameras send, processes are hit one after the other, and in the end every
 * frame is accounted for.
 */
public final class Chaos {
  private static final Topics TOPICS = Topics.DEFAULT;

  /** A job that is not back by then will not be. */
  private static final Duration BACK = Duration.ofMinutes(4);

  private static final Duration LAST_LABELS = Duration.ofMinutes(2);

  /** For a broker that may be gone for good. */
  private static final Duration LAST_FRAMES = Duration.ofSeconds(15);

  /**
   * Between being well and the next fault, so that faults meet a checkpoint at any of its steps.
   */
  private static final int LONGEST_PAUSE_MILLIS = 3_000;

  private final ChaosOptions options;
  private final Consumer<String> say;
  private final Stage stage;
  private final Ledger ledger;
  private final Pulse pulse;
  private final CheckpointLog checkpoints;
  private final Random pauses;
  private final double loadBefore;

  private Chaos(ChaosOptions options, Stage stage, double loadBefore, Consumer<String> say) {
    this.loadBefore = loadBefore;
    this.options = options;
    this.say = say;
    this.stage = stage;
    this.ledger = new Ledger(options.parallelism());
    this.pulse = new Pulse(options.parallelism());
    this.checkpoints = new CheckpointLog(stage.cluster().rest(), stage.job());
    this.pauses = new Random(options.seed());
  }

  /**
   * Starts everything, plays all faults and ends everything.
   *
   * @param say told what happens
   */
  public static ChaosReport run(ChaosOptions options, Consumer<String> say) throws Exception {
    double loadBefore = load();
    try (Stage stage = Stage.open(options, say)) {
      return new Chaos(options, stage, loadBefore, say).play();
    }
  }

  /** Of the last minute: who else is at work makes everything slower. */
  private static double load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return Math.round(load * 10) / 10.0;
  }

  private ChaosReport play() throws Exception {
    String brokers = stage.broker().address();
    try (LabelReader committed =
            new LabelReader(
                brokers,
                TOPICS.labels(),
                "read_committed",
                label -> {
                  ledger.committed(label);
                  pulse.beat(label, System.currentTimeMillis());
                });
        LabelReader written =
            new LabelReader(brokers, TOPICS.labels(), "read_uncommitted", ledger::written);
        Cameras cameras = new Cameras(brokers, TOPICS.frames(), options, ledger);
        Samples samples = new Samples(stage.cluster(), stage.job(), options.parallelism());
        CheckpointLog log = checkpoints) {
      log.start();
      samples.start();
      long start = System.nanoTime();
      cameras.start();
      List<ChaosReport.Fault> faults = new ArrayList<>();
      try {
        strikeAll(faults, start, cameras);
        cameras.stop();
        double seconds = (System.nanoTime() - start) / 1e9;
        settle(committed, written);
        return report(faults, null, seconds, samples);
      } catch (IllegalStateException e) {
        // What has been seen until then is worth telling.
        double seconds = (System.nanoTime() - start) / 1e9;
        breakOff(cameras, committed);
        return report(faults, e.getMessage(), seconds, samples);
      }
    }
  }

  private void strikeAll(List<ChaosReport.Fault> faults, long start, Cameras cameras)
      throws Exception {
    awaitWell("labels must come", System.currentTimeMillis());
    say.accept("labels flow; %d faults to come".formatted(options.faults()));
    for (Plan.Strike strike :
        Plan.of(options.seed(), options.faults(), options.kinds()).strikes()) {
      pause(start, faults.size() + 1);
      cameras.requireWell();
      strike(strike, faults);
    }
    pause(start, faults.size() + 1);
  }

  /** Until the next fault is due. */
  private void pause(long start, int number) throws InterruptedException {
    Duration every = options.every();
    long nanos =
        every == null
            ? Duration.ofMillis(pauses.nextInt(LONGEST_PAUSE_MILLIS)).toNanos()
            : start + number * every.toNanos() - System.nanoTime();
    if (nanos > 0) {
      TimeUnit.NANOSECONDS.sleep(nanos);
    }
  }

  private void strike(Plan.Strike strike, List<ChaosReport.Fault> faults) throws Exception {
    Strikes strikes = new Strikes(stage, options.frozen());
    Strikes.Victim victim = strikes.victim(strike);
    long atMillis = System.currentTimeMillis();
    pulse.disturbed(atMillis);
    checkpoints.disturbed(atMillis);
    if (strike.kind() == FaultKind.KILL_TASKMANAGER) {
      checkpoints.killed(atMillis);
    }
    strikes.hit(strike.kind(), victim);
    boolean well = isWell(System.currentTimeMillis());
    long wellMillis = System.currentTimeMillis();
    OptionalDouble fresh = pulse.secondsToFresh();
    ChaosReport.Fault fault =
        new ChaosReport.Fault(
            strike.kind().word(),
            victim.name(),
            Instant.ofEpochMilli(atMillis).toString(),
            fresh.isPresent() ? Double.valueOf(fresh.getAsDouble()) : null,
            pulse.longestSilenceSeconds(wellMillis),
            well ? Double.valueOf((wellMillis - atMillis) / 1e3) : null);
    faults.add(fault);
    say.accept(
        String.format(
            Locale.ROOT,
            "%d/%d %s %s: fresh labels after %s s, silent for %.1f s, well after %s s; %d frames, %d labels",
            faults.size(),
            options.faults(),
            fault.kind(),
            fault.process(),
            fault.secondsToFirstFreshLabel(),
            fault.longestSilenceSeconds(),
            fault.secondsUntilWell(),
            ledger.frames(),
            ledger.labels()));
    if (!well) {
      throw new IllegalStateException(
          "all must be well within %d s after %s of %s, but is not"
              .formatted(BACK.toSeconds(), fault.kind(), fault.process()));
    }
    calm(wellMillis);
  }

  private void awaitWell(String wanted, long sinceMillis) throws InterruptedException {
    if (!isWell(sinceMillis)) {
      throw new IllegalStateException(
          "%s within %d s, but did not".formatted(wanted, BACK.toSeconds()));
    }
    calm(System.currentTimeMillis());
  }

  private void calm(long nowMillis) {
    pulse.calm(nowMillis);
    checkpoints.calm(nowMillis);
  }

  /** Waits until labels flow, a checkpoint is complete, and nobody is missing. */
  private boolean isWell(long sinceMillis) throws InterruptedException {
    return Patience.until(
        BACK,
        () ->
            pulse.freshSince(sinceMillis)
                && checkpoints.completeSince(sinceMillis)
                && stage.cluster().complete());
  }

  /** Waits until every frame has its label and everything written has been read. */
  private void settle(LabelReader committed, LabelReader written) throws InterruptedException {
    say.accept("the cameras have stopped; waiting for the last labels");
    Patience.until(
        LAST_LABELS,
        () -> {
          committed.requireAlive();
          return ledger.missing() == 0;
        });
    // What came twice would be committed with the next checkpoint.
    long nowMillis = System.currentTimeMillis();
    Patience.until(LAST_LABELS, () -> checkpoints.completeSince(nowMillis));
    long end = Tail.ends(stage.broker().address(), TOPICS.labels()).getOrDefault(0, 0L);
    if (!Patience.until(LAST_LABELS, () -> committed.reached(end) && written.reached(end))) {
      throw new IllegalStateException(
          "all labels must be read within %d s, but are not".formatted(LAST_LABELS.toSeconds()));
    }
  }

  /** Waits for the labels of frames that are on their way, lest they be reported as lost. */
  private void breakOff(Cameras cameras, LabelReader committed) throws InterruptedException {
    say.accept("the run ends early; waiting for the labels of frames that are on their way");
    cameras.stopWithin(LAST_FRAMES);
    Patience.until(
        LAST_LABELS, () -> !committed.isAlive() || (ledger.missing() == 0 && ledger.unread() == 0));
  }

  private ChaosReport report(
      List<ChaosReport.Fault> faults, @Nullable String problem, double seconds, Samples samples) {
    Ledger.Account account = ledger.account();
    return new ChaosReport(
        options.seed(),
        options.guarantee() == Delivery.EXACTLY_ONCE ? "exactly-once" : "at-least-once",
        account.frames(),
        account.labels(),
        account.lost(),
        account.duplicates(),
        account.strange(),
        account.unread(),
        account.outcomes(),
        problem,
        List.copyOf(faults),
        pulse.latency(),
        pulse.calmLatency(),
        checkpoints.figures(),
        new ChaosReport.Cost(account.committedMillis(), account.wastedMillis()),
        samples.held(),
        Math.round(seconds * 10) / 10.0,
        options.cameras(),
        options.framesPerSecond(),
        options.parallelism(),
        loadBefore,
        load(),
        Machine.description(),
        Map.of(
            "flink", EnvironmentInformation.getVersion(),
            "kafka", AppInfoParser.getVersion(),
            "java", System.getProperty("java.version")));
  }
}
