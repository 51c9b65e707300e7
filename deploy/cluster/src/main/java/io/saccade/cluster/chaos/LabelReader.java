package io.saccade.cluster.chaos;

import io.saccade.quickstart.Tail;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic of labels from its beginning, on a thread of its own, through all that happens to
 * the broker. It never starts anew: a record read twice would look like a label written twice.
 */
final class LabelReader implements AutoCloseable {
  private final Tail tail;
  private volatile long position;

  /**
   * Begins to read.
   *
   * @param topic of one partition
   * @param isolation {@code read_committed} or {@code read_uncommitted}
   */
  LabelReader(String brokers, String topic, String isolation, Consumer<Label> reader) {
    TopicPartition partition = new TopicPartition(topic, 0);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                brokers,
                "isolation.level",
                isolation,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "none",
                "reconnect.backoff.max.ms",
                200),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
    consumer.seek(partition, 0);
    tail =
        Tail.of(
            consumer,
            record -> reader.accept(JsonCodec.LABEL.decode(record.value())),
            // Behind what has been handed on, and behind what nobody is to see.
            () -> position = consumer.position(partition));
  }

  /** Whether everything before an offset has been read. */
  boolean reached(long offset) {
    requireAlive();
    return position >= offset;
  }

  /** Whether nothing has kept it from reading on. */
  boolean isAlive() {
    return tail.isAlive();
  }

  /** Throws what has kept it from reading on, if anything has. */
  void requireAlive() {
    tail.requireAlive();
  }

  @Override
  public void close() {
    tail.close();
  }
}
