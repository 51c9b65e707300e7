package io.saccade.budget.share;

/**
 * Divides what a subtask can afford among its cameras by their weights: a camera of twice the
 * weight gets twice the focus looks per frame, as long as there are looks to take.
 */
public final class Apportionment {
  private Apportionment() {}

  /**
   * What each camera gets per frame: min(most, level * weight), with the level at which the mean
   * over all frames is {@code mean}. The mean itself for all when their weights are equal.
   *
   * @param mean what a frame gets on average, within [0, most]
   * @param most what a frame can take: T - 1 focus looks, or 1 when frames are thinned
   * @param frames of each camera, in any unit, at least 0
   * @param weights of each camera, above 0
   */
  public static double[] perFrame(double mean, double most, double[] frames, double[] weights) {
    if (!(mean >= 0 && mean <= most)) {
      throw new IllegalArgumentException(
          "mean must be within [0, %s], but was %s".formatted(most, mean));
    }
    if (frames.length != weights.length) {
      throw new IllegalArgumentException(
          "there must be a weight for each of the %d cameras, but were %d"
              .formatted(frames.length, weights.length));
    }
    double[] each = new double[frames.length];
    if (equal(weights)) {
      java.util.Arrays.fill(each, mean);
      return each;
    }
    double sum = 0;
    double[] needs = new double[frames.length];
    double[] room = new double[frames.length];
    for (int camera = 0; camera < frames.length; camera++) {
      // Next to nothing instead of nothing, so that a silent camera has a share for its next frame.
      double sent = Math.max(frames[camera], 1e-9);
      sum += sent;
      needs[camera] = sent * weights[camera];
      room[camera] = sent * most;
    }
    double[] given = WaterFilling.fill(mean * sum, needs, room);
    for (int camera = 0; camera < frames.length; camera++) {
      each[camera] = Math.min(most, given[camera] / Math.max(frames[camera], 1e-9));
    }
    return each;
  }

  private static boolean equal(double[] weights) {
    boolean equal = true;
    for (double weight : weights) {
      if (!(weight > 0) || weight == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("weight must be above 0 and finite, but was " + weight);
      }
      equal &= weight == weights[0];
    }
    return equal;
  }
}
