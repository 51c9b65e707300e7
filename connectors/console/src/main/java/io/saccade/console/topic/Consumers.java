package io.saccade.console.topic;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers without a group: this console commits nothing and takes nothing from anybody. */
final class Consumers {
  private Consumers() {}

  /**
   * One more consumer.
   *
   * @param properties what it needs to reach the brokers ({@code bootstrap.servers}, security)
   * @param settings what this one needs besides
   */
  static KafkaConsumer<byte[], byte[]> consumer(
      Map<String, ?> properties, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 8_000);
    all.putAll(properties);
    return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
