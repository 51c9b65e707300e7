package io.saccade.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param clips folder of the clips whose pictures are classified
 * @param bundle the model
 * @param seconds counted, all ways and rounds together
 * @param rounds in which each way has one turn
 * @param position on the frontier; null for its middle
 */
public record BenchOptions(
    Path clips, Path bundle, double seconds, int rounds, @Nullable Double position) {

  public BenchOptions {
    List<String> wrong = new ArrayList<>();
    if (!(seconds >= 0.5 && seconds <= 3_600)) {
      wrong.add("seconds must be within [0.5, 3600], but was " + seconds);
    }
    if (rounds < 3 || rounds > 1_000) {
      wrong.add("rounds must be within [3, 1000], but was " + rounds);
    }
    if (position != null && !(position >= 0)) {
      wrong.add("position must be at least 0, but was " + position);
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }
}
