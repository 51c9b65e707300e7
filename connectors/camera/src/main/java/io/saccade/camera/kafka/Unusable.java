package io.saccade.camera.kafka;

import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** What to say when Kafka's client refuses its settings. */
final class Unusable {
  private Unusable() {}

  static IllegalStateException properties(Map<String, ?> properties, KafkaException refused) {
    Throwable cause = refused.getCause() == null ? refused : refused.getCause();
    return new IllegalStateException(
        "Kafka's client must be able to use its properties for '%s', but could not: %s"
            .formatted(properties.get("bootstrap.servers"), cause.getMessage()),
        refused);
  }
}
