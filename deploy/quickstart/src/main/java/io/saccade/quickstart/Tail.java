package io.saccade.quickstart;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads committed records of some topics as they come, on a thread of its own, without a group. */
public final class Tail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration KNOWN = Duration.ofSeconds(10);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Consumer<ConsumerRecord<byte[], byte[]>> reader;
  private final Runnable afterwards;
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;

  private Tail(
      KafkaConsumer<byte[], byte[]> consumer,
      Consumer<ConsumerRecord<byte[], byte[]>> reader,
      Runnable afterwards) {
    this.consumer = consumer;
    this.reader = reader;
    this.afterwards = afterwards;
    this.thread = new Thread(this::read, "tail");
    thread.setDaemon(true);
  }

  /**
   * Reads on from where a consumer stands, which is the tail's from then on.
   *
   * @param afterwards called on the tail's thread whenever it has read what was there
   */
  public static Tail of(
      KafkaConsumer<byte[], byte[]> consumer,
      Consumer<ConsumerRecord<byte[], byte[]>> reader,
      Runnable afterwards) {
    Tail tail = new Tail(consumer, reader, afterwards);
    tail.thread.start();
    return tail;
  }

  /**
   * Reads what comes from now on.
   *
   * @param topics must exist
   */
  public static Tail from(
      String brokers, List<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    KafkaConsumer<byte[], byte[]> consumer = consumer(brokers);
    List<TopicPartition> partitions =
        topics.stream().flatMap(topic -> partitions(consumer, topic).stream()).toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // The end is looked up now, not at the first poll: nothing written from here on is missed.
    partitions.forEach(consumer::position);
    return of(consumer, reader, () -> {});
  }

  /** The next offset of each partition of a topic. */
  public static Map<Integer, Long> ends(String brokers, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(brokers)) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      Map<Integer, Long> ends = new HashMap<>();
      consumer
          .endOffsets(partitions)
          .forEach((partition, end) -> ends.put(partition.partition(), end));
      return ends;
    }
  }

  /** A broker may take a moment to know of a topic that has just been made. */
  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    long until = System.nanoTime() + KNOWN.toNanos();
    while (true) {
      List<PartitionInfo> infos = consumer.partitionsFor(topic);
      if (infos != null && !infos.isEmpty()) {
        return infos.stream().map(it -> new TopicPartition(it.topic(), it.partition())).toList();
      }
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "topic %s must exist, but was not there within %d s"
                .formatted(topic, KNOWN.toSeconds()));
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String brokers) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            brokers,
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void read() {
    try (consumer) {
      while (true) {
        consumer.poll(POLL).forEach(reader);
        afterwards.run();
      }
    } catch (WakeupException | InterruptException e) {
      // Closed: done.
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Whether nothing has kept it from reading on. */
  public boolean isAlive() {
    return failure == null;
  }

  /** Throws what has kept it from reading on, if anything has. */
  public void requireAlive() {
    RuntimeException why = failure;
    if (why != null) {
      throw new IllegalStateException("reading what the job writes has failed: " + why, why);
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
