package io.saccade.quickstart;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed records of some topics as they come, on a thread of its own, without a group. */
public final class Tail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Consumer<ConsumerRecord<byte[], byte[]>> reader;
  private final Thread thread;

  private Tail(
      KafkaConsumer<byte[], byte[]> consumer, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    this.consumer = consumer;
    this.reader = reader;
    this.thread = new Thread(this::read, "tail");
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
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream().map(Tail::partition))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // The end is looked up now, not at the first poll: nothing written from here on is missed.
    partitions.forEach(consumer::position);
    Tail tail = new Tail(consumer, reader);
    tail.thread.setDaemon(true);
    tail.thread.start();
    return tail;
  }

  /** The next offset of each partition of a topic. */
  public static Map<Integer, Long> ends(String brokers, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(brokers)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream().map(Tail::partition).toList();
      Map<Integer, Long> ends = new HashMap<>();
      consumer
          .endOffsets(partitions)
          .forEach((partition, end) -> ends.put(partition.partition(), end));
      return ends;
    }
  }

  private static TopicPartition partition(PartitionInfo info) {
    return new TopicPartition(info.topic(), info.partition());
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
      }
    } catch (WakeupException | InterruptException e) {
      // Closed: done.
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
