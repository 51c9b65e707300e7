package io.saccade.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What {@code --kafka-properties} names. */
final class ClientProperties {
  private ClientProperties() {}

  /**
   * Reads it.
   *
   * @param file none: no settings
   * @throws IllegalArgumentException when there is no such file
   */
  static Map<String, Object> read(@Nullable Path file) throws IOException {
    Map<String, Object> settings = new HashMap<>();
    if (file != null) {
      Properties read = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        read.load(reader);
      } catch (NoSuchFileException e) {
        throw new IllegalArgumentException(
            "kafka-properties must exist, but there is no " + file, e);
      }
      read.stringPropertyNames().forEach(name -> settings.put(name, read.getProperty(name)));
    }
    return settings;
  }
}
