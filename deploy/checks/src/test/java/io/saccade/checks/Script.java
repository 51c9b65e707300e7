package io.saccade.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A program of the machine, run to its end. */
public final class Script {
  private Script() {}

  /**
   * Runs it.
   *
   * @param environment what it finds in its environment besides
   * @return what it printed
   * @throws IllegalStateException when it fails, with what it printed
   */
  public static String run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(
          "%s must succeed, but ended with %d: %s"
              .formatted(String.join(" ", command), code, printed));
    }
    return printed;
  }
}
