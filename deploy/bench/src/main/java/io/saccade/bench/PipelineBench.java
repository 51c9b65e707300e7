package io.saccade.bench;

import io.saccade.camera.Clip;
import io.saccade.gfnet.GfNet;
import io.saccade.job.JobOptions;
import io.saccade.job.control.JobBudget;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.FlinkCluster;
import io.saccade.quickstart.Machine;
import io.saccade.quickstart.SampleClips;
import io.saccade.quickstart.Scratch;
import io.saccade.quickstart.TopicPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Measures in turn, in one process and on one classifying thread: a plain loop, the Flink job with
 * a source in the process, and the Flink job from Kafka to Kafka with the broker beside it.
 */
public final class PipelineBench {
  /** Frames of each clip. */
  private static final int FRAMES_A_CLIP = 30;

  /** Before the first round, so that everything is compiled. */
  private static final Duration FIRST_TURN = Duration.ofSeconds(3);

  /** Before counting in each turn. */
  private static final Duration WARM_UP = Duration.ofMillis(400);

  private final BenchOptions options;
  private final PrintStream out;

  private PipelineBench(BenchOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Measures, telling how far it is. */
  public static PipelineReport run(BenchOptions options, PrintStream out) throws Exception {
    return new PipelineBench(options, out).measure();
  }

  private PipelineReport measure() throws Exception {
    try (Scratch scratch = Scratch.make();
        GfNet net = GfNet.open(options.bundle());
        EmbeddedBroker broker =
            EmbeddedBroker.start(scratch.folder("kafka"), EmbeddedBroker.freePort());
        FlinkCluster flink = FlinkCluster.start(2, 0, scratch.folder("flink"))) {
      TopicPlan.passing(1).create(broker.address());
      List<byte[]> jpegs = pictures();
      int last = net.bundle().frontier().points().size() - 1;
      double position = options.position() == null ? last / 2.0 : options.position();
      JobOptions job = job(broker.address(), position);
      out.printf(
          Locale.ROOT,
          "%d pictures, position %.2f of %d on the frontier%n",
          jpegs.size(),
          position,
          last);
      try (Way bare = new BareWay(net, jpegs, position);
          Way inProcess = new InProcessWay(flink, job, jpegs);
          Way kafka = new KafkaWay(flink, job, jpegs)) {
        List<PipelineReport.Round> rounds = rounds(List.of(bare, inProcess, kafka));
        return PipelineReport.of(
            rounds,
            options.seconds(),
            position,
            description(jpegs),
            net.bundle().id() + " " + net.bundle().version() + " " + net.bundle().sha256(),
            Machine.description(),
            versions());
      }
    }
  }

  private List<PipelineReport.Round> rounds(List<Way> ways) throws Exception {
    out.println("warming up");
    for (Way way : ways) {
      way.run(FIRST_TURN, WARM_UP);
    }
    Duration counted =
        Duration.ofNanos((long) (options.seconds() * 1e9 / options.rounds() / ways.size()));
    List<PipelineReport.Round> rounds = new ArrayList<>();
    for (int i = 1; i <= options.rounds(); i++) {
      List<Throughput> turns = new ArrayList<>();
      for (Way way : ways) {
        turns.add(way.run(WARM_UP, counted));
      }
      PipelineReport.Round round =
          PipelineReport.Round.of(turns.get(0), turns.get(1), turns.get(2));
      rounds.add(round);
      out.printf(
          Locale.ROOT,
          "round %d of %d: bare %.1f/s, in process %.1f/s (%.2f), through Kafka %.1f/s (%.2f)%n",
          i,
          options.rounds(),
          round.bareFps(),
          round.inProcessFps(),
          round.inProcessRatio(),
          round.kafkaFps(),
          round.kafkaRatio());
    }
    return rounds;
  }

  /** A fixed operating point that no budget and no age moves. */
  private JobOptions job(String brokers, double position) {
    return JobOptions.builder()
        .brokers(brokers)
        .bundle(options.bundle())
        .budgetCores(JobOptions.USABLE_CORE)
        .targetAgeMillis(JobBudget.LONGEST_AGE_MILLIS)
        .maxAgeMillis(JobBudget.LONGEST_AGE_MILLIS)
        .fixedAt(position)
        .build();
  }

  private List<byte[]> pictures() throws IOException {
    List<byte[]> jpegs = new ArrayList<>();
    try (SampleClips clips = SampleClips.open(options.clips())) {
      for (int i = 0; i < FRAMES_A_CLIP; i++) {
        for (Clip clip : clips.clips()) {
          jpegs.add(clip.jpeg(i));
        }
      }
    }
    return jpegs;
  }

  private static String description(List<byte[]> jpegs) {
    double bytes = jpegs.stream().mapToInt(jpeg -> jpeg.length).average().orElse(0);
    return String.format(
        Locale.ROOT, "%d JPEGs of the sample clips, %.1f KB each", jpegs.size(), bytes / 1e3);
  }

  /** Of what the figures depend on most. */
  public static Map<String, String> versions() {
    return Map.of(
        "flink", EnvironmentInformation.getVersion(),
        "kafka", AppInfoParser.getVersion(),
        "java", System.getProperty("java.version"));
  }
}
