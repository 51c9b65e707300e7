package io.saccade.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.Classifier;
import io.saccade.gfnet.InvalidBundleException;
import io.saccade.job.network.BundleOpener;
import io.saccade.job.network.Network;
import io.saccade.job.network.NetworkOpener;
import io.saccade.wire.Frame;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
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
        numbers(env, "numbers")
            .map(new Pictures(TINY.resolve("golden.png").toString(), 5))
            .returns(Frame.class)
            .uid("pictures")
            .setParallelism(1),
        numbers(env, "control")
            .map(number -> "none".getBytes(UTF_8))
            .returns(byte[].class)
            .uid("records")
            .setParallelism(1),
        new JobSinks(
            new CollectingSink<>(run + "-labels", label -> new byte[0]),
            new CollectingSink<>(run + "-events", event -> new byte[0]),
            new CollectingSink<>(run + "-dead-letters", letter -> new byte[0]),
            new CollectingSink<>(run + "-status", status -> new byte[0])),
        options);
    return env.getStreamGraph();
  }

  /** Ten a second, without end. */
  private static SingleOutputStreamOperator<Long> numbers(
      StreamExecutionEnvironment env, String name) {
    return env.fromSource(
            new DataGeneratorSource<>(
                number -> number, Long.MAX_VALUE, RateLimiterStrategy.perSecond(10), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            name)
        .uid(name)
        .setParallelism(1);
  }

  private boolean run(StreamGraph graph, JobOptions options) throws Exception {
    return LocalRun.run(graph, options, OPENER, false, new Configuration(), said::add);
  }

  /** What it says once its tasks run; then it is told to end. */
  private String saidAtWork(JobOptions options, NetworkOpener opener, boolean goesOn)
      throws Exception {
    Thread runner = Thread.currentThread();
    Consumer<String> say =
        line -> {
          said.add(line);
          if (line.startsWith("classifying")) {
            runner.interrupt();
          }
        };
    assertThat(LocalRun.run(graph(options), options, opener, goesOn, new Configuration(), say))
        .isTrue();
    return said.get(said.size() - 1);
  }

  @Test
  void goesOnFromACheckpointWhenTheBundleOfTheStartIsGone() throws Exception {
    NetworkOpener gone =
        () -> {
          throw new InvalidBundleException("bundle /gone: there is nothing at this path");
        };
    assertThatThrownBy(() -> saidAtWork(options().build(), gone, false))
        .isInstanceOf(InvalidBundleException.class);
    // That the tasks find a model stands for an order that was followed.
    assertThat(saidAtWork(options().build(), gone, true))
        .startsWith(
            "classifying saccade.frames at 127.0.0.1:19092 with a model that was ordered, ");
    assertThat(said.get(0))
        .contains("there is nothing at this path; goes on with a model that was");
  }

  @Test
  void holdsTheModelOfTheStartOnlyUntilTheTasksDo() throws Exception {
    Held held = new Held(OPENER.open(), new AtomicBoolean());
    Thread runner = Thread.currentThread();
    Consumer<String> say =
        line -> {
          said.add(line + (held.closed().get() ? " (let go)" : " (held)"));
          runner.interrupt();
        };
    JobOptions options = options().build();
    assertThat(LocalRun.run(graph(options), options, () -> held, false, new Configuration(), say))
        .isTrue();
    assertThat(said).singleElement().asString().startsWith("classifying").endsWith("(let go)");
  }

  /** A network that says whether it was let go of. */
  private record Held(Network network, AtomicBoolean closed) implements Network {
    @Override
    public Bundle bundle() {
      return network.bundle();
    }

    @Override
    public StageCosts measured() {
      return network.measured();
    }

    @Override
    public LookWork work() {
      return network.work();
    }

    @Override
    public Classifier classifier() {
      return network.classifier();
    }

    @Override
    public void close() {
      closed.set(true);
      network.close();
    }
  }

  @Test
  void namesTheBudgetThatWasAskedForInItsUnit() throws Exception {
    assertThat(saidAtWork(options().latencyOnly(true).build(), OPENER, false))
        .startsWith("classifying saccade.frames at 127.0.0.1:19092 with tiny ")
        .contains(", no budget, target age 200 ms, maximum age 800 ms,")
        .contains(", unless a control record on saccade.control says otherwise;");
    assertThat(saidAtWork(options().multiplyAdds(8e9).build(), OPENER, true))
        .contains(", 8.000e+09 multiply-adds per second, ")
        .contains(", unless the checkpoint or a control record on saccade.control says otherwise;");
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
