package io.saccade.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether the clock follows others. Ages count from the capture time that cameras write, so a
 * camera machine whose clock is off by more than the maximum age has all its frames shed.
 *
 * @param asking the command that prints yes or no
 */
public record Clocks(List<String> asking) implements Check {
  private static final String WHY =
      "needed once cameras, brokers and job are on several machines: a frame's age counts from the"
          + " time its camera's machine wrote";

  /** Asks systemd. */
  public static Clocks ofThisMachine() {
    return new Clocks(List.of("timedatectl", "show", "--property=NTPSynchronized", "--value"));
  }

  @Override
  public List<Finding> look() throws InterruptedException {
    return List.of(
        switch (answer()) {
          case "yes" -> Finding.ok("clock", "synchronised");
          case "no" ->
              Finding.warning(
                  "clock",
                  "not synchronised",
                  "synchronised",
                  "start chrony or systemd-timesyncd; " + WHY);
          default ->
              Finding.hint(
                  "clock",
                  "nobody says whether it is synchronised",
                  "run chrony or the like: " + WHY);
        });
  }

  private String answer() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(asking).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
