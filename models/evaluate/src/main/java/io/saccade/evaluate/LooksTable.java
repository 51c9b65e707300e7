package io.saccade.evaluate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Every look of every picture as CSV, which {@code saccade model calibrate} solves thresholds from:
 * clip, confidence1, correct1, confidence2, and so on.
 */
public final class LooksTable {
  private LooksTable() {}

  /** Writes one row a picture. */
  public static void write(Viewing viewing, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    int steps = viewing.sightings().get(0).looks().size();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("clip");
      for (int look = 1; look <= steps; look++) {
        out.write(",confidence%d,correct%d".formatted(look, look));
      }
      out.write("\n");
      for (Sighting sighting : viewing.sightings()) {
        out.write(quoted(sighting.picture().clip()));
        for (int look = 1; look <= steps; look++) {
          out.write(
              String.format(
                  Locale.ROOT,
                  ",%.7f,%d",
                  Math.min(1, sighting.confidence(look)),
                  sighting.isRight(look) ? 1 : 0));
        }
        out.write("\n");
      }
    }
  }

  private static String quoted(String clip) {
    return "\"" + clip.replace("\"", "\"\"") + "\"";
  }
}
