package io.saccade.quickstart;

import io.saccade.camera.SampleCamera;
import io.saccade.camera.SampleCameras;
import io.saccade.camera.ffmpeg.VideoFile;
import io.saccade.camera.kafka.FrameOutbox;
import io.saccade.console.Console;
import io.saccade.console.ConsoleOptions;
import io.saccade.console.access.Access;
import io.saccade.gfnet.GfNet;
import io.saccade.job.control.JobBudget;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;

/** The whole system in this process: broker, Flink, the job and sample cameras, for a while. */
public final class Quickstart {
  /** Longest that the job may take to its first decision. */
  private static final Duration START = Duration.ofSeconds(60);

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LINE = Duration.ofSeconds(1);

  /** Longest wait for the last labels: in exactly-once delivery they come with a checkpoint. */
  private static final Duration LAST_LABELS = Duration.ofSeconds(15);

  /** The same when somebody has pressed Ctrl-C. */
  private static final Duration LAST_LABELS_IN_HASTE = Duration.ofMillis(700);

  private final QuickstartOptions options;
  private final PrintStream out;
  private final Interruption end;
  private final Topics topics = Topics.DEFAULT;

  private Quickstart(QuickstartOptions options, PrintStream out, Interruption end) {
    this.options = options;
    this.out = out;
    this.end = end;
  }

  /** Runs as asked; returns the exit code, 0 when every frame has its label. */
  public static int run(QuickstartOptions options, PrintStream out) throws Exception {
    try (Interruption end = Interruption.caught()) {
      Course course;
      try (Scratch scratch = Scratch.make();
          Parts parts = new Parts()) {
        course = new Quickstart(options, out, end).play(scratch, parts);
      }
      // Counted when everything is closed.
      QuickstartReport report = course.report(GfNet.openNatives() + VideoFile.openNatives());
      out.println(report.summary());
      Path file = options.report();
      if (file != null) {
        report.write(file);
        out.println("report: " + file);
      }
      return report.unaccounted() == 0 || end.wished() ? 0 : 1;
    }
  }

  private Course play(Scratch scratch, Parts parts) throws Exception {
    // Side by side: each alone takes seconds, mostly of loading classes.
    CompletableFuture<EmbeddedBroker> brokerStarting = parts.start(() -> broker(scratch));
    CompletableFuture<FlinkCluster> flinkStarting =
        parts.start(
            () ->
                FlinkCluster.start(
                    options.parallelism(),
                    options.webPort(),
                    scratch.folder("flink"),
                    end::wished));
    CompletableFuture<SampleClips> clipsStarting =
        parts.start(() -> SampleClips.open(options.clips()));
    String brokers = Parts.started(brokerStarting).address();
    FlinkCluster flink = Parts.started(flinkStarting);
    JobID job =
        SaccadeJob.submit(
            flink, SaccadeJob.options(options, brokers, scratch.folder("checkpoints")));
    SampleClips clips = Parts.started(clipsStarting);

    Map<Integer, Long> firsts = Tail.ends(brokers, topics.frames());
    Map<String, String> known = known(clips);
    Ledger ledger = new Ledger(known, firsts, options.warmUpMillis());
    Tail tail =
        parts.own(Tail.from(brokers, Bookkeeping.topics(topics), new Bookkeeping(topics, ledger)));
    // Before the wait, in which it finds the topic.
    FrameOutbox sink = new FrameOutbox(Map.of("bootstrap.servers", brokers), topics.frames());
    awaitFirstDecision(flink, job, tail, ledger);
    out.printf("broker at %s, Flink at %s%n", brokers, flink.web());
    if (options.console()) {
      out.println("console at " + parts.own(console(brokers)).address());
    }

    SampleCameras cameras =
        parts.own(
            SampleCameras.start(clips.clips(), options.cameras(), options.framesPerSecond(), sink));
    Course course = new Course(options, ledger);
    watch(course, new LiveTable(out, options.plain(), options.rows(), known), flink, job, tail);
    cameras.close();
    course.camerasStopped(cameras.counts(), frames(brokers, firsts));
    awaitLastLabels(course, tail);
    flink.cancel(job);
    return course;
  }

  private Console console(String brokers) throws IOException {
    return Console.start(
        new ConsoleOptions(
            Map.of("bootstrap.servers", brokers),
            topics,
            Access.local(System.getProperty("user.name", "operator")),
            options.consolePort(),
            options.bundle()),
        JobBudget::objection);
  }

  private Map<String, String> known(SampleClips clips) {
    Map<String, String> known = new TreeMap<>();
    for (SampleCamera camera : SampleCameras.cameras(clips.clips(), options.cameras())) {
      known.put(camera.id(), camera.knownClass());
    }
    return known;
  }

  private EmbeddedBroker broker(Scratch scratch) throws InterruptedException {
    Path dataDir = options.dataDir();
    EmbeddedBroker broker =
        EmbeddedBroker.start(
            dataDir == null ? scratch.folder("kafka") : dataDir, options.portOrFree());
    TopicPlan.passing(options.partitions()).create(broker.address());
    return broker;
  }

  /** So that no frame is too old already when the job begins. */
  private void awaitFirstDecision(FlinkCluster flink, JobID job, Tail tail, Ledger ledger)
      throws InterruptedException {
    long until = System.nanoTime() + START.toNanos();
    while (ledger.decisions().isEmpty() && !end.await(LOOK)) {
      requireAlive(flink, job, tail);
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "the job must be running within %d s, but has not decided anything yet"
                .formatted(START.toSeconds()));
      }
    }
  }

  private void watch(Course course, LiveTable table, FlinkCluster flink, JobID job, Tail tail)
      throws InterruptedException {
    long start = System.nanoTime();
    long until =
        options.seconds() == 0
            ? Long.MAX_VALUE
            : start + Duration.ofSeconds(options.seconds()).toNanos();
    for (long next = start + LINE.toNanos(); next <= until; next += LINE.toNanos()) {
      if (end.await(Duration.ofNanos(next - System.nanoTime()))) {
        return;
      }
      requireAlive(flink, job, tail);
      course.look();
      table.draw(course.ledger(), System.nanoTime(), (next - start) / LINE.toNanos());
    }
  }

  private static void requireAlive(FlinkCluster flink, JobID job, Tail tail)
      throws InterruptedException {
    tail.requireAlive();
    if (flink.status(job).isGloballyTerminalState()) {
      throw new IllegalStateException("the job has failed: " + flink.failure(job));
    }
  }

  private long frames(String brokers, Map<Integer, Long> firsts) {
    Map<Integer, Long> ends = Tail.ends(brokers, topics.frames());
    return ends.entrySet().stream()
        .mapToLong(it -> it.getValue() - firsts.getOrDefault(it.getKey(), 0L))
        .sum();
  }

  private void awaitLastLabels(Course course, Tail tail) throws InterruptedException {
    long start = System.nanoTime();
    for (long missing = course.unaccounted(); missing > 0; missing = course.unaccounted()) {
      tail.requireAlive();
      Duration patience = end.wished() ? LAST_LABELS_IN_HASTE : LAST_LABELS;
      if (System.nanoTime() - start > patience.toNanos()) {
        return;
      }
      course.ledger().awaitLabels(course.ledger().labels() + missing - 1, LOOK);
    }
  }
}
