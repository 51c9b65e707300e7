package io.saccade.console;

import io.saccade.console.access.Access;
import io.saccade.wire.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the console is told.
 *
 * @param kafka what clients need to reach the brokers ({@code bootstrap.servers}, security)
 * @param topics to be read, and the control topic to be written
 * @param access where and by whom the page may be reached
 * @param port of the page; 0 for a free one
 * @param bundle the model, a folder or a zip, for its frontier; null without one
 */
public record ConsoleOptions(
    Map<String, Object> kafka, Topics topics, Access access, int port, @Nullable Path bundle) {

  public ConsoleOptions {
    kafka = Map.copyOf(kafka);
    if (!kafka.containsKey("bootstrap.servers")) {
      throw new IllegalArgumentException("kafka must have bootstrap.servers, but has not");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be within [0, 65535], but was " + port);
    }
  }
}
