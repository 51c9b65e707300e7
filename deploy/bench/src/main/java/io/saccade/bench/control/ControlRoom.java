package io.saccade.bench.control;

import io.saccade.bench.control.Trial.Change;
import io.saccade.job.JobOptions;
import io.saccade.wire.Control;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Changes the budget by the control topic, and finds out when the job followed. */
final class ControlRoom implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final JobOptions options;
  private final List<Long> writtenMillis = new ArrayList<>();

  ControlRoom(JobOptions options) {
    this.options = options;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", options.brokers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes another budget, with the next epoch. */
  void write(Change change) throws InterruptedException {
    Control control =
        new Control(
            Control.SCHEMA,
            writtenMillis.size() + 1,
            "bench",
            change.cores(),
            options.targetAgeMillis(),
            options.maxAgeMillis());
    writtenMillis.add(System.currentTimeMillis());
    try {
      producer
          .send(
              new ProducerRecord<>(
                  options.topics().control(),
                  Control.KEY.getBytes(StandardCharsets.UTF_8),
                  JsonCodec.CONTROL.encode(control)))
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the budget could not be written: " + e.getCause(), e);
    }
  }

  /**
   * Seconds from writing a budget until it was in force on every subtask, for each change.
   *
   * @param answers of the job to control records
   */
  List<Double> secondsToForce(List<Status> answers) {
    return secondsToForce(writtenMillis, answers);
  }

  static List<Double> secondsToForce(List<Long> writtenMillis, List<Status> answers) {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < writtenMillis.size(); i++) {
      seconds.add((acceptedMillis(i + 1, answers) - writtenMillis.get(i)) / 1e3);
    }
    return seconds;
  }

  private static long acceptedMillis(long epoch, List<Status> answers) {
    Set<Integer> subtasks = new HashSet<>();
    long last = 0;
    int parallelism = 1;
    for (Status answer : answers) {
      if (answer.epoch() == epoch && subtasks.add(answer.subtask())) {
        last = Math.max(last, answer.atMillis());
        parallelism = answer.parallelism();
      }
    }
    if (subtasks.size() < parallelism) {
      throw new IllegalStateException(
          "all %d subtasks must follow budget %d, but %d did"
              .formatted(parallelism, epoch, subtasks.size()));
    }
    return last;
  }

  @Override
  public void close() {
    producer.close();
  }
}
