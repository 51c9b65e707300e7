package io.saccade.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.job.JobOptions;
import io.saccade.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One job on the stage, with somebody who sends to it and somebody who reads what it writes. */
final class Scene implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(40);

  private final Stage stage;
  private final Topics topics;
  private JobID job;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Collected collected;
  private final Tail tail;
  private final List<Future<RecordMetadata>> sent = Collections.synchronizedList(new ArrayList<>());

  private Scene(Stage stage, JobOptions options, @Nullable Path savepoint)
      throws InterruptedException {
    this.stage = stage;
    this.topics = options.topics();
    this.collected = new Collected(topics);
    this.tail =
        Tail.from(
            stage.brokers(),
            List.of(topics.labels(), topics.status(), topics.events(), topics.deadLetters()),
            collected);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", stage.brokers(), "max.request.size", TopicPlan.LARGEST_RECORD),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.job =
        savepoint == null
            ? SaccadeJob.submit(stage.flink(), options)
            : SaccadeJob.resume(stage.flink(), options, savepoint);
  }

  /** Starts a job whose topics are there. */
  static Scene begin(Stage stage, JobOptions options) throws InterruptedException {
    return new Scene(stage, options, null);
  }

  /** Goes on with a job from a savepoint; its topics are there. */
  static Scene resume(Stage stage, JobOptions options, Path savepoint) throws InterruptedException {
    return new Scene(stage, options, savepoint);
  }

  /** Stops the job with a savepoint, and says where that is. */
  Path stop() throws InterruptedException {
    return stage.flink().stop(job, stage.folder("savepoints"));
  }

  /** Stops the job with a savepoint and goes on from it, told something else. */
  void restart(JobOptions options) throws InterruptedException {
    job = SaccadeJob.resume(stage.flink(), options, stop());
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
    send(
        new ProducerRecord<>(
            topic, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** Sends a record as it is. */
  void send(ProducerRecord<byte[], byte[]> record) {
    sent.add(producer.send(record));
  }

  /** Sends so many small pictures from three cameras. */
  void sendPictures(int number) {
    for (int i = 0; i < number; i++) {
      send("camera-" + i % 3, Pictures.jpeg(i % 7));
    }
  }

  /** Somebody who sends a hundred pictures a second until closed. */
  AutoCloseable keepSending() {
    ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    AtomicInteger number = new AtomicInteger();
    var unused =
        sender.scheduleAtFixedRate(
            () -> send("camera-" + number.get() % 3, Pictures.jpeg(number.getAndIncrement() % 7)),
            0,
            10,
            TimeUnit.MILLISECONDS);
    return () -> {
      sender.shutdown();
      assertThat(sender.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    };
  }

  /** Waits until the broker has all that was sent so far. */
  void awaitTaken() throws InterruptedException, ExecutionException {
    for (Future<RecordMetadata> record : List.copyOf(sent)) {
      record.get();
    }
  }

  /** Where everything sent so far to the frames topic stands, once the broker has it all. */
  List<Collected.Place> places() throws InterruptedException, ExecutionException {
    List<Collected.Place> places = new ArrayList<>();
    for (Future<RecordMetadata> record : List.copyOf(sent)) {
      RecordMetadata where = record.get();
      if (where.topic().equals(topics.frames())) {
        places.add(new Collected.Place(where.partition(), where.offset()));
      }
    }
    return places;
  }

  void awaitLabels(int number) throws Exception {
    Waiting.until(
        () ->
            number
                + " labels (%d came, %s%s)"
                    .formatted(labelled(), passedOver(), stage.flink().failure(job)),
        SOON,
        () -> labelled() >= number);
  }

  /** Number of frames that have a committed label. */
  int labelled() {
    tail.requireAlive();
    return new HashSet<>(collected.labelled()).size();
  }

  /**
   * Words for frames without a label before one that has one, in the same partition: those are not
   * late. Empty when there are none.
   */
  private String passedOver() {
    Map<Integer, Set<Long>> labelled = new TreeMap<>();
    for (Collected.Place place : collected.labelled()) {
      labelled.computeIfAbsent(place.partition(), it -> new TreeSet<>()).add(place.offset());
    }
    long lost = 0;
    for (Set<Long> offsets : labelled.values()) {
      lost += Collections.max(offsets) - Collections.min(offsets) + 1 - offsets.size();
    }
    return lost == 0 ? "" : "frames lost: %d, ".formatted(lost);
  }

  /** Fails when a frame has no label, or more than one. */
  void requireOneLabelEach() throws InterruptedException, ExecutionException {
    requireLabels();
    assertThat(collected.labelled()).as("frames doubled").doesNotHaveDuplicates();
  }

  /** Fails when a frame has no label, or something else has one. */
  void requireLabels() throws InterruptedException, ExecutionException {
    List<Collected.Place> places = places();
    assertThat(collected.labelled()).as("frames lost").containsAll(places);
    assertThat(places).as("labels unaccounted").containsAll(collected.labelled());
  }

  /** Every label ever written, also those of transactions that came to nothing. */
  List<Collected.Place> everWritten() {
    Collected all = new Collected(topics);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", stage.brokers(), "isolation.level", "read_uncommitted"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topics.labels(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(all);
      }
    }
    return all.labelled();
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
