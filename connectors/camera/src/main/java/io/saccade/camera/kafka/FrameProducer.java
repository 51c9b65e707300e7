package io.saccade.camera.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka producer as live frames want it. */
final class FrameProducer {
  /** Its settings unless overridden. */
  static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "saccade-cameras"),
          Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
          Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
          // JPEG does not get smaller.
          Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none"),
          // As long as it takes to hand over what has gathered in the outbox.
          Map.entry(ProducerConfig.LINGER_MS_CONFIG, 2),
          // As the system likes: 128 KiB, Kafka's own, is one picture, and each round of writing
          // costs.
          Map.entry(ProducerConfig.SEND_BUFFER_CONFIG, -1),
          Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024),
          // More than an outbox ever hands over at a time, and room for states.
          Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * FrameOutbox.MAX_BYTES_OUT),
          // A picture of 8 MiB, its key and headers.
          Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (8 << 20) + (64 << 10)),
          // Only the outbox's own thread waits, for a topic that it does not know yet.
          Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500),
          // With the wait in the outbox, a picture is at most seven seconds old.
          Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2500),
          Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 4000),
          // Back soon after the broker is.
          Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500));

  private FrameProducer() {}

  /**
   * Opens one, without waiting for a broker.
   *
   * @param properties what is needed to reach the brokers; overrides {@link #DEFAULTS}
   * @throws IllegalStateException when the properties make no sense
   */
  static Producer<byte[], byte[]> open(Map<String, ?> properties) {
    Map<String, Object> settings = new HashMap<>(DEFAULTS);
    settings.putAll(properties);
    try {
      return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw Unusable.properties(properties, e);
    }
  }
}
