package io.saccade.console.control;

import io.saccade.wire.JsonCodec;
import io.saccade.wire.MalformedRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the newest records of one topic, and then those that come. Not thread-safe.
 *
 * <p>A topic that is missing or a broker that does not answer is an {@link IllegalStateException}
 * that says so.
 */
final class TopicReader implements AutoCloseable {
  /** Longest wait for an answer of the broker. */
  static final Duration ANSWER = Duration.ofSeconds(8);

  private static final Duration POLL = Duration.ofMillis(50);

  private final String brokers;
  private final Consumer<byte[], byte[]> consumer;
  private final Duration answer;
  private final List<TopicPartition> partitions;

  TopicReader(Map<String, ?> properties, String topic) {
    this(String.valueOf(properties.get("bootstrap.servers")), consumer(properties), topic, ANSWER);
  }

  /**
   * Reads with that consumer, which it closes.
   *
   * @param brokers where they are, for people
   * @param answer longest wait for records that are known to be there
   */
  TopicReader(String brokers, Consumer<byte[], byte[]> consumer, String topic, Duration answer) {
    this.brokers = brokers;
    this.consumer = consumer;
    this.answer = answer;
    try {
      this.partitions = partitions(topic);
      consumer.assign(partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, ?> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("enable.auto.commit", false);
    all.put("auto.offset.reset", "earliest");
    all.put("isolation.level", "read_committed");
    all.put("default.api.timeout.ms", (int) ANSWER.toMillis());
    return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** What a record holds; empty when it has no value or cannot be read. */
  static <T> Optional<T> read(JsonCodec<T> codec, ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null ? Optional.empty() : Optional.of(codec.decode(record.value()));
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }

  private List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> infos;
    try {
      // By the list of all topics: asked for one that is missing, the client waits for it.
      infos = consumer.listTopics().get(topic);
    } catch (TimeoutException e) {
      throw silent(e);
    }
    if (infos == null) {
      throw new IllegalStateException(
          "topic %s must exist at %s, but does not (the job makes it with --create-topics), or may not be read by this user"
              .formatted(topic, brokers));
    }
    return infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  private IllegalStateException silent(@Nullable TimeoutException why) {
    return new IllegalStateException(
        "a Kafka broker must answer at %s, but none did within %d s"
            .formatted(brokers, answer.toSeconds()),
        why);
  }

  /** The last {@code atMost} records of each partition that are there now, oldest first. */
  List<ConsumerRecord<byte[], byte[]>> newest(long atMost) {
    try {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer
          .beginningOffsets(partitions)
          .forEach(
              (partition, start) ->
                  consumer.seek(
                      partition, Math.max(start, ends.getOrDefault(partition, 0L) - atMost)));
      return until(ends);
    } catch (TimeoutException e) {
      throw silent(e);
    }
  }

  /** A broker that goes away meanwhile is no error to the client: its polls stay empty. */
  private List<ConsumerRecord<byte[], byte[]>> until(Map<TopicPartition, Long> ends) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long heardNanos = System.nanoTime();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      ConsumerRecords<byte[], byte[]> some = consumer.poll(POLL);
      some.forEach(records::add);
      if (!some.isEmpty()) {
        heardNanos = System.nanoTime();
      } else if (System.nanoTime() - heardNanos > answer.toNanos()) {
        throw silent(null);
      }
    }
    return records;
  }

  /** What has come since the last reading; waits a moment for it. */
  List<ConsumerRecord<byte[], byte[]>> next() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    consumer.poll(POLL).forEach(records::add);
    return records;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
