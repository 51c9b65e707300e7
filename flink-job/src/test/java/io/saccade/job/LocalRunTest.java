package io.saccade.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.job.network.BundleOpener;
import io.saccade.wire.Frame;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a job in this process says, and how it ends; without Kafka, between sources and sinks. */
@Timeout(60)
class LocalRunTest {
  private static final Path TINY = Path.of("../models/gfnet/src/test/bundles/tiny");
  private static final BundleOpener OPENER = new BundleOpener(TINY.toString());

  private final List<String> said = new CopyOnWriteArrayList<>();

  private static JobOptionsBuilder options() {
    return JobOptions.builder().bundle(TINY);
  }

  private static StreamGraph graph(JobOptions options) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    String run = "local-" + System.nanoTime();
    ClassifyJob.pipeline(
        env,
        env.fromSource(
                new NumberSequenceSource(0, 9), WatermarkStrategy.noWatermarks(), "numbers")
            .uid("numbers")
            .setParallelism(1)
            .map(new Pictures(TINY.resolve("golden.png").toString(), 5))
            .returns(Frame.class)
            .uid("pictures")
            .setParallelism(1),
        env.fromData("none".getBytes(UTF_8)).uid("control").setParallelism(1),
        new JobSinks(
            new CollectingSink<>(run + "-labels", label -> new byte[0]),
            new CollectingSink<>(run + "-events", event -> new byte[0]),
            new CollectingSink<>(run + "-dead-letters", letter -> new byte[0]),
            new CollectingSink<>(run + "-status", status -> new byte[0])),
        options);
    return env.getStreamGraph();
  }

  private boolean run(StreamGraph graph, JobOptions options) throws Exception {
    return LocalRun.run(graph, options, OPENER, new Configuration(), said::add);
  }

  @Test
  void aPositionThatTheFrontierDoesNotHaveEndsTheRunBeforeItStarts() {
    JobOptions options = options().fixedAt(99).build();
    assertThatThrownBy(() -> run(graph(options), options))
        .hasMessageContaining("position must be within [0, ")
        .hasMessageContaining("but was 99.0");
    assertThat(said).isEmpty();
  }

  @Test
  void saysWhyAJobEndsAndNotThatFlinkDoesNotTryAgain() throws Exception {
    assertThat(run(graph(options().fixedAt(99).build()), options().build())).isFalse();
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("the job failed: position must be within [0, ")
        .endsWith("but was 99.0");
  }
}
