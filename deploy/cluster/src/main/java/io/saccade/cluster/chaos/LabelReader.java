package io.saccade.cluster.chaos;

import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic of labels from its beginning, on a thread of its own, through all that happens to
 * the broker. It never starts anew: a record read twice would look like a label written twice.
 */
final class LabelReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final Consumer<Label> reader;
  private final Thread thread;
  private volatile long position;
  private volatile @Nullable RuntimeException failure;

  /**
   * Begins to read.
   *
   * @param topic of one partition
   * @param isolation {@code read_committed} or {@code read_uncommitted}
   */
  LabelReader(String brokers, String topic, String isolation, Consumer<Label> reader) {
    this.reader = reader;
    this.partition = new TopicPartition(topic, 0);
    this.consumer =
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
    thread = new Thread(this::read, isolation);
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          reader.accept(JsonCodec.LABEL.decode(record.value()));
        }
        // Behind what has been handed on, and behind what nobody is to see.
        position = consumer.position(partition);
      }
    } catch (WakeupException | InterruptException e) {
      // Closed: done.
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Whether everything before an offset has been read. */
  boolean reached(long offset) {
    requireAlive();
    return position >= offset;
  }

  /** Whether nothing has kept it from reading on. */
  boolean isAlive() {
    return failure == null;
  }

  /** Throws what has kept it from reading on, if anything has. */
  void requireAlive() {
    RuntimeException why = failure;
    if (why != null) {
      throw new IllegalStateException("labels cannot be read any more: " + why, why);
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
