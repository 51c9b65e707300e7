package io.saccade.budget.drift;

/**
 * A share as estimated, with its 95 % interval.
 *
 * @param low within [0, share]
 * @param share within [0, 1]
 * @param high within [share, 1]
 */
public record Interval(double low, double share, double high) {

  /** Nothing is known. */
  public static final Interval UNKNOWN = new Interval(0, 0.5, 1);

  private static final double DEVIATIONS = 1.96;

  public Interval {
    if (!(low >= 0 && low <= share && share <= high && high <= 1)) {
      throw new IllegalArgumentException(
          "low, share and high must ascend within [0, 1], but were %s, %s, %s"
              .formatted(low, share, high));
    }
  }

  /**
   * Wilson's interval for a share.
   *
   * @param share observed, within [0, 1]
   * @param samples how many independent frames that is worth, at least 0
   */
  public static Interval wilson(double share, double samples) {
    if (!(share >= 0 && share <= 1 && samples >= 0)) {
      throw new IllegalArgumentException(
          "share must be within [0, 1] and samples at least 0, but were %s and %s"
              .formatted(share, samples));
    }
    if (samples == 0) {
      return UNKNOWN;
    }
    double square = DEVIATIONS * DEVIATIONS;
    double middle = (share + square / (2 * samples)) / (1 + square / samples);
    double half =
        DEVIATIONS
            / (1 + square / samples)
            * Math.sqrt(share * (1 - share) / samples + square / (4 * samples * samples));
    return new Interval(
        Math.max(0, Math.min(share, middle - half)),
        share,
        Math.min(1, Math.max(share, middle + half)));
  }

  /** The same share, surer or less sure: at least {@code half} wide on each side. */
  public Interval atLeast(double half) {
    return new Interval(
        Math.max(0, Math.min(low, share - half)), share, Math.min(1, Math.max(high, share + half)));
  }

  public boolean contains(double truth) {
    return truth >= low && truth <= high;
  }
}
