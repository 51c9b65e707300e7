package io.saccade.bench.control;

import io.saccade.bench.PipelineBench;
import io.saccade.gfnet.GfNet;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.FlinkCluster;
import io.saccade.quickstart.Machine;
import io.saccade.quickstart.Scratch;
import io.saccade.simulate.load.Arrivals;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.measure.LeastShed;
import io.saccade.simulate.measure.Measures;
import io.saccade.simulate.trace.Trace;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Plays the simulator's scenarios on the real job, one after the other in one process: broker,
 * Flink, job and cameras, pictures that are really looked at. Every run is measured by the
 * simulator's own code and stands beside what the simulator says to the same frames.
 */
public final class ControlBench {
  /** Around each run: a job starts, a job ends, the simulator has its turn. */
  private static final double AROUND_SECONDS = 6;

  /** Not judged in any run: the JVM is warming up. */
  private static final double WARM_UP_SECONDS = 10;

  private final ControlOptions options;
  private final PrintStream out;
  private final Scratch scratch;
  private final Reel reel;
  private final EmbeddedBroker broker;
  private final FlinkCluster flink;
  private final List<Result> results = new ArrayList<>();

  private ControlBench(
      ControlOptions options,
      PrintStream out,
      Scratch scratch,
      Reel reel,
      EmbeddedBroker broker,
      FlinkCluster flink) {
    this.options = options;
    this.out = out;
    this.scratch = scratch;
    this.reel = reel;
    this.broker = broker;
    this.flink = flink;
  }

  /** Measures, telling how far it is. */
  public static ControlReport run(ControlOptions options, PrintStream out) throws Exception {
    double loadBefore = load();
    out.printf(
        Locale.ROOT,
        "%s, load average %.2f, %s%n",
        Machine.description(),
        loadBefore,
        PipelineBench.versions());
    try (Scratch scratch = Scratch.make()) {
      Reel reel = reel(options, scratch, out);
      try (EmbeddedBroker broker =
              EmbeddedBroker.start(scratch.folder("kafka"), EmbeddedBroker.freePort());
          FlinkCluster flink = FlinkCluster.start(1, 0, scratch.folder("flink"))) {
        ControlBench bench = new ControlBench(options, out, scratch, reel, broker, flink);
        bench.playAll();
        return bench.report(loadBefore);
      }
    }
  }

  private static Reel reel(ControlOptions options, Scratch scratch, PrintStream out)
      throws Exception {
    out.println("looking at the sample clips with every look");
    // Held no longer than this: the job loads the model itself.
    try (GfNet net = GfNet.open(options.bundle())) {
      return Reel.record(
          net, options.clips(), options.framesPerClip(), scratch.folder("pictures"), done -> {});
    }
  }

  private void playAll() throws Exception {
    List<Trial> trials = Trials.of(reel.trace(), options.scale(), options.scenarios());
    double left = options.rounds() * trials.stream().mapToDouble(ControlBench::seconds).sum();
    int runs = options.rounds() * trials.size();
    for (int round = 1; round <= options.rounds(); round++) {
      for (Trial trial : trials) {
        out.printf(
            Locale.ROOT,
            "run %d of %d: %s, %.0f s; about %s left%n",
            results.size() + 1,
            runs,
            trial.title(),
            trial.scenario().seconds(),
            minutes(left));
        play(trial, round);
        left -= seconds(trial);
      }
    }
  }

  private static double seconds(Trial trial) {
    return trial.scenario().seconds() + AROUND_SECONDS;
  }

  private static String minutes(double seconds) {
    Duration left = Duration.ofSeconds(Math.round(seconds));
    return "%d:%02d min".formatted(left.toMinutes(), left.toSecondsPart());
  }

  private void play(Trial trial, int round) throws Exception {
    Trace trace = reel.trace();
    // The same lots for every controller, and for the hostile camera and its friendly twin.
    long seed = options.seed() + round;
    List<Frame> planned = Arrivals.of(trial.scenario(), trace, seed);
    String run = "run-" + (results.size() + 1);
    double judgedFrom = Math.min(WARM_UP_SECONDS, trial.scenario().seconds() / 5);
    Played played;
    try (Stage stage =
        Stage.open(flink, broker.address(), options.bundle(), trial, run, scratch.folder(run))) {
      played = RealRun.play(trial, stage, reel, planned, judgedFrom);
    }
    double leastShed = LeastShed.share(played.log().scenario(), played.frames());
    results.add(
        new Result(
            trial.scenario().name(),
            trial.contender().label(),
            round,
            trial.scenario().seconds(),
            Measures.of(played.log(), trace, leastShed),
            Prediction.of(trial, trace, seed, played.beside().theft()),
            played.beside()));
  }

  private ControlReport report(double loadBefore) {
    Trace trace = reel.trace();
    return new ControlReport(
        Findings.of(results),
        results,
        options.scale(),
        1,
        Trials.CORES,
        trace.nominal(),
        trace.frames(),
        trace.model() + " " + trace.version() + " " + trace.sha256(),
        Machine.description(),
        loadBefore,
        load(),
        PipelineBench.versions());
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
