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
 */
public record CameraBenchOptions(Path ffmpeg, int seconds, int rounds, int reconnects) {
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
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }
}
