package io.saccade.bench.console;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured.
 *
 * @param home where the shipped bundle and clips are
 * @param cameras on the wall
 * @param seconds counted in each turn
 * @param rounds turns of each kind
 * @param images folder for pictures of the page; null for none
 */
public record ConsoleBenchOptions(
    Path home, int cameras, int seconds, int rounds, @Nullable Path images) {

  public ConsoleBenchOptions {
    if (cameras < 1 || cameras > 1_000) {
      throw new IllegalArgumentException("cameras must be within [1, 1000], but was " + cameras);
    }
    if (seconds < 1 || rounds < 1) {
      throw new IllegalArgumentException(
          "seconds and rounds must be at least 1, but were %d and %d".formatted(seconds, rounds));
    }
  }
}
