package io.saccade.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.gfnet.InvalidBundleException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.DistributionPattern;
import org.apache.flink.runtime.jobgraph.JobEdge;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;

/** The job as Flink lays it out. Nothing is started, so no broker and no bundle are needed. */
class GraphTest {
  private static final JobOptions OPTIONS =
      JobOptions.builder()
          .bundle(Path.of("/nowhere"))
          .parallelism(2)
          .delivery(Delivery.EXACTLY_ONCE)
          .build();

  @Test
  void framesGoToTheClassifierOfTheirOwnSlotAndControlRecordsAndNewsToAll() {
    JobVertex classify = vertex("classify");
    assertThat(classify.getParallelism()).isEqualTo(2);
    assertThat(classify.getInputs()).hasSize(3);
    JobEdge frames = classify.getInputs().get(0);
    assertThat(frames.getSource().getProducer().getName()).contains("frames");
    assertThat(frames.getShipStrategyName()).isEqualTo("FORWARD");
    assertThat(frames.getDistributionPattern()).isEqualTo(DistributionPattern.POINTWISE);
    for (String told : List.of("control", "news")) {
      assertThat(classify.getInputs())
          .filteredOn(edge -> edge.getSource().getProducer().getName().contains(told))
          .singleElement()
          .satisfies(
              edge -> {
                assertThat(edge.isBroadcast()).isTrue();
                assertThat(edge.getSource().getProducer().getParallelism()).isEqualTo(1);
              });
    }
  }

  /** Otherwise a savepoint of several could not go on with one. */
  @Test
  void aSingleSubtaskHasTheSameOperators() {
    JobOptions alone = JobOptions.builder().bundle(Path.of("/nowhere")).build();
    assertThat(uids(graph(alone))).isEqualTo(uids(graph()));
  }

  @Test
  void aBundleThatIsNotTheOneMeantIsNotSubmitted() {
    Path tiny = Path.of("../models/gfnet/src/test/bundles/tiny");
    JobOptions wrong = JobOptions.builder().bundle(tiny).bundleSha256("a1".repeat(32)).build();

    assertThatThrownBy(() -> graph(wrong))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("must be " + "a1".repeat(32) + ", as --bundle-sha256 says, but was ");
  }

  @Test
  void everySinkWritesInTheClassifiersOwnThread() {
    assertThat(vertex("classify").getName())
        .contains("labels: Writer", "events: Writer", "dead-letters: Writer", "status: Writer");
  }

  @Test
  void isToldHowToRunIt() {
    StreamGraph graph = graph();
    var configuration = graph.getJobConfiguration();
    assertThat(graph.getExecutionConfig().isObjectReuseEnabled()).isTrue();
    assertThat(configuration.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(configuration.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    assertThat(configuration.get(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED)).isFalse();
    assertThat(graph.getCheckpointConfig().getCheckpointInterval()).isEqualTo(500);
  }

  @Test
  void exactlyOnceFailsOverBeforeKafkaGivesUpATransaction() {
    var checkpoints = graph().getCheckpointConfig();
    assertThat(checkpoints.getCheckpointTimeout()).isEqualTo(30_000);
    // (2 + 7) x 30.25 s + 300 s of downtime are below 600 s.
    assertThat(checkpoints.getTolerableCheckpointFailureNumber()).isEqualTo(7);
  }

  @Test
  void atLeastOnceGoesOnWithoutCheckpoints() {
    var checkpoints =
        graph(JobOptions.builder().bundle(Path.of("/nowhere")).build()).getCheckpointConfig();
    assertThat(checkpoints.getTolerableCheckpointFailureNumber()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void namesWhatItDoes() {
    assertThat(vertices().stream().map(JobVertex::getName))
        .anySatisfy(name -> assertThat(name).contains("frames"))
        .anySatisfy(name -> assertThat(name).contains("control"))
        .allSatisfy(name -> assertThat(name.getBytes(UTF_8)).hasSizeLessThan(400));
  }

  /** State is found by these: one that changes loses what a savepoint kept under it. */
  @Test
  void everyOperatorHasTheUidThatSavepointsKnowItBy() {
    assertThat(uids(graph()))
        .containsExactly(
            Map.entry("Source: control", "control"),
            Map.entry("Source: frames", "frames"),
            Map.entry("Source: news", "news"),
            Map.entry("classify", "classify"),
            Map.entry("dead-letters: Committer", "Sink Committer: dead-letters"),
            Map.entry("dead-letters: Writer", "dead-letters"),
            Map.entry("events: Committer", "Sink Committer: events"),
            Map.entry("events: Writer", "events"),
            Map.entry("labels: Committer", "Sink Committer: labels"),
            Map.entry("labels: Writer", "labels"),
            Map.entry("notices", "notices"),
            Map.entry("status: Committer", "Sink Committer: status"),
            Map.entry("status: Writer", "status"));
  }

  private static Map<String, String> uids(StreamGraph graph) {
    Map<String, String> uids = new TreeMap<>();
    graph
        .getStreamNodes()
        .forEach(
            node -> uids.put(node.getOperatorName(), String.valueOf(node.getTransformationUID())));
    return uids;
  }

  private static JobVertex vertex(String name) {
    return vertices().stream()
        .filter(vertex -> vertex.getName().startsWith(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<JobVertex> vertices() {
    JobGraph jobGraph = graph().getJobGraph();
    return jobGraph.getVerticesSortedTopologicallyFromSources();
  }

  private static StreamGraph graph() {
    return graph(OPTIONS);
  }

  private static StreamGraph graph(JobOptions options) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    ClassifyJob.kafka(env, options);
    return env.getStreamGraph();
  }
}
