package io.saccade.quickstart;

import io.saccade.job.JobOptions;
import io.saccade.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One job on the stage, with somebody who sends to it and somebody who reads what it writes. */
final class Scene implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(40);

  private final Stage stage;
  private final Topics topics;
  private final JobID job;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Collected collected;
  private final Tail tail;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  private Scene(Stage stage, JobOptions options) throws InterruptedException {
    this.stage = stage;
    this.topics = options.topics();
    this.collected = new Collected(topics);
    this.tail =
        Tail.from(
            stage.brokers(),
            List.of(topics.labels(), topics.status(), topics.deadLetters()),
            collected);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stage.brokers(), "max.request.size", 8 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.job = SaccadeJob.submit(stage.flink(), options);
  }

  /** Starts a job whose topics are there. */
  static Scene begin(Stage stage, JobOptions options) throws InterruptedException {
    return new Scene(stage, options);
  }

  Collected collected() {
    return collected;
  }

  JobID job() {
    return job;
  }

  void send(@Nullable String camera, byte[] image) {
    sendTo(topics.frames(), camera, image);
  }

  void sendTo(String topic, @Nullable String key, byte[] value) {
    sent.add(
        producer.send(
            new ProducerRecord<>(
                topic, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value)));
  }

  /** Sends so many small pictures from three cameras. */
  void sendPictures(int number) {
    for (int i = 0; i < number; i++) {
      send("camera-" + i % 3, Pictures.jpeg(i % 7));
    }
  }

  /** Where everything sent so far to the frames topic stands, once the broker has it all. */
  List<Collected.Place> places() throws InterruptedException, ExecutionException {
    List<Collected.Place> places = new ArrayList<>();
    for (Future<RecordMetadata> record : sent) {
      RecordMetadata where = record.get();
      if (where.topic().equals(topics.frames())) {
        places.add(new Collected.Place(where.partition(), where.offset()));
      }
    }
    return places;
  }

  void awaitLabels(int number) throws Exception {
    Waiting.until(
        number + " labels (" + stage.flink().failure(job) + ")",
        SOON,
        () -> collected.labelled().stream().distinct().count() >= number);
  }

  @Override
  public void close() {
    try {
      if (!stage.flink().status(job).isGloballyTerminalState()) {
        stage.flink().cancel(job);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(1));
    tail.close();
  }
}
