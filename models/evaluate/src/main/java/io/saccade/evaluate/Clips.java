package io.saccade.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Means over frames, and how far they can be trusted: 90 % intervals by bootstrap over clips, for
 * the frames of a clip look alike and count as one find.
 */
final class Clips {
  private static final int DRAWS = 2000;
  private static final double TAIL = 0.05;

  private final Map<String, List<Sighting>> byClip = new LinkedHashMap<>();

  Clips(List<Sighting> sightings) {
    for (Sighting sighting : sightings) {
      byClip.computeIfAbsent(sighting.picture().clip(), clip -> new ArrayList<>()).add(sighting);
    }
  }

  Map<String, List<Sighting>> byClip() {
    return byClip;
  }

  static double mean(List<Sighting> sightings, ToDoubleFunction<Sighting> figure) {
    return sightings.stream().mapToDouble(figure).average().orElseThrow();
  }

  /**
   * Mean of a figure over all frames, with its interval. The draws are the same for all figures, so
   * that they can be paired. One clip alone says nothing of others.
   *
   * @param figure of a frame, at most 1
   * @param least it can be
   */
  Report.Estimate estimate(ToDoubleFunction<Sighting> figure, double least) {
    int clips = byClip.size();
    double[] sums = new double[clips];
    double[] frames = new double[clips];
    int clip = 0;
    for (List<Sighting> sightings : byClip.values()) {
      sums[clip] = sightings.stream().mapToDouble(figure).sum();
      frames[clip++] = sightings.size();
    }
    return estimate(sums, frames, least);
  }

  /** The same from the sum of the figure and the number of frames of each clip. */
  static Report.Estimate estimate(double[] sums, double[] frames, double least) {
    double mean = Arrays.stream(sums).sum() / Arrays.stream(frames).sum();
    if (sums.length == 1) {
      return new Report.Estimate(mean, least, 1);
    }
    double[] means = draws(sums, frames);
    return new Report.Estimate(
        mean, means[(int) (TAIL * (DRAWS - 1))], means[(int) Math.ceil((1 - TAIL) * (DRAWS - 1))]);
  }

  /** Means of as many clips drawn with replacement, in order. */
  private static double[] draws(double[] sums, double[] frames) {
    Random random = new Random(1);
    double[] means = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      double drawn = 0;
      for (int i = 0; i < sums.length; i++) {
        int clip = random.nextInt(sums.length);
        sum += sums[clip];
        drawn += frames[clip];
      }
      means[draw] = sum / drawn;
    }
    Arrays.sort(means);
    return means;
  }
}
