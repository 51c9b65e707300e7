package io.saccade.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What Kafka's clients are told besides where the brokers are. */
final class KafkaProperties {
  private KafkaProperties() {}

  /**
   * Reads a file of client properties.
   *
   * @param file null for none
   * @throws IllegalArgumentException when it is none
   */
  static Map<String, Object> read(@Nullable Path file) {
    Map<String, Object> settings = new HashMap<>();
    if (file != null) {
      Properties read = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        read.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "--kafka-properties must be a file of properties, but %s cannot be read"
                .formatted(file),
            e);
      }
      read.stringPropertyNames().forEach(name -> settings.put(name, read.getProperty(name)));
    }
    return settings;
  }
}
