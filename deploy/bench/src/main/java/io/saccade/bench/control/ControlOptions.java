package io.saccade.bench.control;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What to try.
 *
 * @param clips folder of the clips whose pictures are shown
 * @param bundle the model
 * @param scenarios names of the scenarios, see {@link Trials#NAMES}
 * @param scale of all times in the scenarios; below 1 not every measure can be taken
 * @param rounds how often everything is played
 * @param framesPerClip pictures taken of each clip
 * @param seed of everything that is drawn by lot
 */
public record ControlOptions(
    Path clips,
    Path bundle,
    List<String> scenarios,
    double scale,
    int rounds,
    int framesPerClip,
    long seed) {

  /** The names of all scenarios. */
  public static final List<String> ALL = Trials.NAMES;

  public ControlOptions {
    scenarios = List.copyOf(scenarios);
    List<String> wrong = new ArrayList<>();
    if (!(scale >= 0.05 && scale <= 10)) {
      wrong.add("seconds-scale must be within [0.05, 10], but was " + scale);
    }
    if (rounds < 1 || rounds > 100) {
      wrong.add("rounds must be within [1, 100], but was " + rounds);
    }
    if (framesPerClip < 2 || framesPerClip > 1_000) {
      wrong.add("frames per clip must be within [2, 1000], but were " + framesPerClip);
    }
    for (String name : scenarios) {
      if (!Trials.NAMES.contains(name)) {
        wrong.add(
            "scenarios must be of %s, but one was %s"
                .formatted(String.join(", ", Trials.NAMES), name));
      }
    }
    if (scenarios.isEmpty()) {
      wrong.add("at least one scenario must be named, but none was");
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }
}
