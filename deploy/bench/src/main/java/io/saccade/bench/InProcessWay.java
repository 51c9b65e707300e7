package io.saccade.bench;

import io.saccade.job.ClassifyJob;
import io.saccade.job.JobOptions;
import io.saccade.job.JobSinks;
import io.saccade.quickstart.FlinkCluster;
import io.saccade.wire.Frame;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The Flink job between a source and sinks in this process. */
final class InProcessWay implements Way {

  InProcessWay(FlinkCluster flink, JobOptions options, List<byte[]> jpegs)
      throws InterruptedException {
    Replay.show(jpegs);
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(1);
    ClassifyJob.pipeline(
        env,
        env.fromSequence(0, Long.MAX_VALUE)
            .uid("numbers")
            .map(new Replay())
            .uid("pictures")
            .returns(TypeInformation.of(Frame.class)),
        env.fromData(TypeInformation.of(byte[].class), new byte[0])
            .uid("control")
            .filter(bytes -> bytes.length > 0)
            .uid("no control"),
        new JobSinks(
            new CountingSink(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>()),
        options);
    flink.submit(env, "in process");
  }

  @Override
  public Throughput run(Duration warmUp, Duration counted) throws InterruptedException {
    Replay.GATE.open();
    try {
      Pause.nanos(warmUp.toNanos());
      return CountingSink.COUNTER.over(counted.toNanos());
    } finally {
      Replay.GATE.shut();
    }
  }

  @Override
  public void close() {
    Replay.GATE.shut();
  }
}
