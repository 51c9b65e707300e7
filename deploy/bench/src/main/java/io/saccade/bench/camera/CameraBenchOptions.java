package io.saccade.bench.camera;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How much is measured.
 *
 * @param ffmpeg the program that the cameras use
 * @param seconds counted in each turn
 * @param rounds of turns
 * @param reconnects connections broken, together
 * @param warmUpSeconds before MJPEG and the outage are counted: the process is to run for weeks
 * @param outageSeconds without a broker
 */
public record CameraBenchOptions(
    Path ffmpeg, int seconds, int rounds, int reconnects, int warmUpSeconds, int outageSeconds) {
  /** What a usual run measures. */
  public static CameraBenchOptions usual(Path ffmpeg, int seconds, int rounds, int reconnects) {
    return new CameraBenchOptions(ffmpeg, seconds, rounds, reconnects, 30, 60);
  }

  /** Whether it works at all. */
  public static CameraBenchOptions quick(Path ffmpeg) {
    return new CameraBenchOptions(ffmpeg, 4, 1, 16, 2, 8);
  }

  public CameraBenchOptions {
    List<String> wrong = new ArrayList<>();
    if (seconds < 2 || seconds > 3_600) {
      wrong.add("seconds must be within [2, 3600], but was " + seconds);
    }
    if (rounds < 1 || rounds > 100) {
      wrong.add("rounds must be within [1, 100], but was " + rounds);
    }
    if (reconnects < 8 || reconnects > 100_000) {
      wrong.add("reconnects must be within [8, 100000], but was " + reconnects);
    }
    if (warmUpSeconds < 0 || warmUpSeconds > 3_600) {
      wrong.add("warmUpSeconds must be within [0, 3600], but was " + warmUpSeconds);
    }
    if (outageSeconds < 5 || outageSeconds > 3_600) {
      wrong.add("outageSeconds must be within [5, 3600], but was " + outageSeconds);
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }
}
