package io.saccade.evaluate;

import java.util.List;

/**
 * How far confidence is from accuracy: the expected calibration error (Guo et al. 2017) over bins
 * of equal width, each weighted by its frames.
 */
final class CalibrationError {
  private static final int BINS = 15;

  private CalibrationError() {}

  /** After look {@code look}; 0 for a network that is right as often as it is sure. */
  static double of(List<Sighting> sightings, int look) {
    double[] surplus = new double[BINS];
    for (Sighting sighting : sightings) {
      double confidence = sighting.confidence(look);
      int bin = Math.min(BINS - 1, (int) (confidence * BINS));
      surplus[bin] += confidence - (sighting.isRight(look) ? 1 : 0);
    }
    double error = 0;
    for (double bin : surplus) {
      error += Math.abs(bin);
    }
    return error / sightings.size();
  }
}
