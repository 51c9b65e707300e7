package io.saccade.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.budget.LookWork;
import io.saccade.gfnet.GfNet;
import io.saccade.simulate.replay.Replay;
import io.saccade.wire.DeadLetter;
import io.saccade.wire.Frame;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole pipeline with the real network, between a source and sinks in this process. */
@Timeout(60)
class PipelineTest {
  private static final Path TINY = Path.of("../models/gfnet/src/test/bundles/tiny");

  /** Enough for several decisions, one each 100 ms, on a machine ten times as fast as most. */
  private static final int FRAMES = 6_000;

  private static final int UNREADABLE_EACH = 100;

  /** One run for all assertions: the pipeline takes seconds to start. */
  private static String run = "";

  private static List<Label> labels = List.of();
  private static List<Status> decisions = List.of();

  @BeforeAll
  static void runsOnceWithAFailureInMidStream() throws Exception {
    // Another name each time: what a run collects outlives it, and this one may be tried again.
    run = "pipeline-" + System.nanoTime();
    JobOptions options =
        JobOptions.builder()
            .bundle(TINY)
            .delivery(Delivery.EXACTLY_ONCE)
            .checkpointIntervalMillis(100)
            .maxAgeMillis(TimeUnit.HOURS.toMillis(1))
            .build();
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    DataStream<Frame> frames =
        env.fromSource(
                new NumberSequenceSource(0, FRAMES - 1),
                WatermarkStrategy.noWatermarks(),
                "numbers")
            .uid("numbers")
            .setParallelism(1)
            .map(new Pictures(TINY.resolve("golden.png").toString(), UNREADABLE_EACH))
            .returns(Frame.class)
            .uid("pictures")
            .setParallelism(1)
            .map(new FailsOnce(run))
            .returns(Frame.class)
            .uid("fails-once")
            .setParallelism(1);
    DataStream<byte[]> control =
        env.fromData("not JSON".getBytes(UTF_8)).uid("control").setParallelism(1);
    ClassifyJob.pipeline(env, frames, control, sinks(), options);
    try (LocalCluster cluster = LocalCluster.start(1, new Configuration(), () -> false)) {
      JobResult result = cluster.submit(env.getStreamGraph()).result().get();
      assertThat(result.getSerializedThrowable()).isEmpty();
    }
    labels = read("labels", JsonCodec.LABEL);
    decisions =
        read("status", JsonCodec.STATUS).stream()
            .filter(status -> status.kind().equals(Status.DECISION))
            .toList();
  }

  private static JobSinks sinks() {
    return new JobSinks(
        new CollectingSink<>(run + "-labels", label -> JsonCodec.LABEL.encode(label)),
        new CollectingSink<>(run + "-events", event -> JsonCodec.EVENT.encode(event)),
        new CollectingSink<DeadLetter>(
            run + "-dead-letters", letter -> letter.reason().getBytes(UTF_8)),
        new CollectingSink<>(run + "-status", status -> JsonCodec.STATUS.encode(status)));
  }

  private static <T> List<T> read(String kind, JsonCodec<T> codec) {
    return CollectingSink.collected(run + "-" + kind).stream().map(codec::decode).toList();
  }

  @Test
  void theFailureWasThere() {
    assertThat(FailsOnce.failures(run)).isEqualTo(1);
  }

  @Test
  void eachFrameGetsExactlyOneLabelDespiteTheFailure() {
    assertThat(labels.stream().map(Label::offset))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, FRAMES).boxed().toList());
  }

  @Test
  void whatCannotBeReadIsALabelAndADeadLetter() {
    int unreadable = FRAMES / UNREADABLE_EACH;
    assertThat(labels.stream().filter(label -> label.outcome().equals(Label.UNREADABLE)))
        .hasSize(unreadable)
        .allSatisfy(label -> assertThat(label.reason()).isEqualTo("not-an-image"));
    assertThat(CollectingSink.collected(run + "-dead-letters"))
        .hasSize(unreadable)
        .allSatisfy(reason -> assertThat(new String(reason, UTF_8)).isEqualTo("not-an-image"));
  }

  @Test
  void aClassifiedFrameSaysWhatWasSeenAndWhere() {
    assertThat(labels.stream().filter(label -> label.outcome().equals(Label.CLASSIFIED)))
        .isNotEmpty()
        .allSatisfy(
            label -> {
              assertThat(label.classes()).hasSize(5);
              assertThat(label.looks()).isNotEmpty();
              assertThat(label.looks().get(0).width()).isEqualTo(64);
              assertThat(label.model()).isEqualTo("tiny");
            });
  }

  @Test
  void eachDecisionCanBeRepeatedFromItsRecordBitForBit() {
    Replay replay;
    try (GfNet net = GfNet.open(TINY)) {
      LookWork work = new LookWork(net.multiplyAdds().glance(), net.multiplyAdds().focus());
      replay = new Replay(net.bundle().frontier().reach(), work, null);
    }
    assertThat(decisions)
        .hasSizeGreaterThan(2)
        .allSatisfy(status -> assertThat(replay.take(status)).isEmpty());
    assertThat(replay.untold()).isZero();
  }

  @Test
  void memoryGoesOnFromDecisionToDecisionAlsoAcrossTheRestart() {
    List<Double> times = decisions.stream().map(status -> status.memory().get(1)).toList();
    // Entry 1 is the time of the decision before: 0 only at the very first.
    assertThat(times.stream().filter(time -> time == 0)).hasSize(1);
  }

  @Test
  void aControlRecordThatIsNotJsonIsRefusedWithAReason() {
    assertThat(read("status", JsonCodec.STATUS).stream().map(Status::reason))
        .anySatisfy(reason -> assertThat(reason).contains("JSON").contains("not JSON"));
  }

  @Test
  void theNetworkIsClosedWithTheLastOperator() {
    assertThat(GfNet.openNatives()).isZero();
  }
}
