package io.saccade.bench;

import io.saccade.job.ClassifyJob;
import io.saccade.job.JobOptions;
import io.saccade.quickstart.FlinkCluster;
import io.saccade.quickstart.Tail;
import io.saccade.wire.JsonCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The Flink job from Kafka to Kafka, with a producer that keeps ahead of it. */
final class KafkaWay implements Way {
  private static final Duration CATCH_UP = Duration.ofSeconds(30);
  private static final long MOMENT_NANOS = 5_000_000;

  private final Feeder feeder;
  private final Tail labels;
  private final Counter counter = new Counter();

  KafkaWay(FlinkCluster flink, JobOptions options, List<byte[]> jpegs) throws InterruptedException {
    StreamExecutionEnvironment env = flink.environment();
    ClassifyJob.kafka(env, options);
    flink.submit(env, "through Kafka");
    this.feeder = new Feeder(options.brokers(), options.topics().frames(), jpegs);
    this.labels =
        Tail.from(
            options.brokers(),
            List.of(options.topics().labels()),
            record -> counter.count(JsonCodec.LABEL.decode(record.value())));
  }

  @Override
  public Throughput run(Duration warmUp, Duration counted) throws InterruptedException {
    CompletableFuture<Void> feeding =
        CompletableFuture.runAsync(() -> feed(warmUp.plus(counted).toNanos()));
    Pause.nanos(warmUp.toNanos());
    Throughput throughput = counter.over(counted.toNanos());
    feeding.join();
    // The next way is to have the machine to itself.
    long until = System.nanoTime() + CATCH_UP.toNanos();
    while (!feeder.caughtUp(counter)) {
      Pause.nanos(MOMENT_NANOS);
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "every frame must have its label within %d s, but some have none"
                .formatted(CATCH_UP.toSeconds()));
      }
    }
    return throughput;
  }

  private void feed(long nanos) {
    try {
      feeder.feed(counter, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    feeder.close();
    labels.close();
  }
}
