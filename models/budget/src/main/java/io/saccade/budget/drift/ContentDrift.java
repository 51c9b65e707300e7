package io.saccade.budget.drift;

/**
 * Whether frames take other looks than at calibration, along the whole frontier. The scalar by
 * which the law corrects its costs follows within seconds, at the position it works at; this says
 * slowly what the audits say of all positions, also of those nobody works at.
 *
 * @param focuses per frame at each point: as calibrated, moved towards the audits
 * @param deviations standard errors by which the audits differ where they differ most
 */
public record ContentDrift(double[] focuses, double deviations) {

  /**
   * Beyond this many standard errors the content has drifted. There are some twenty points, much
   * alike, and errors are estimated from few clusters, hence more than the usual two.
   */
  public static final double SIGNIFICANT = 4.5;

  /** The calibration counts as so many audits. */
  private static final double PRIOR_AUDITS = 100;

  private static final double LEAST_AUDITS = 50;

  /**
   * Compares the audits with the calibration.
   *
   * @param thresholds of each point of the frontier
   * @param calibrated focus looks per frame at each point
   */
  public static ContentDrift of(AuditLog audits, float[][] thresholds, double[] calibrated) {
    if (thresholds.length != calibrated.length) {
      throw new IllegalArgumentException(
          "there must be calibrated looks for each of %d points, but were %d"
              .formatted(thresholds.length, calibrated.length));
    }
    double[] focuses = new double[calibrated.length];
    double most = 0;
    for (int point = 0; point < calibrated.length; point++) {
      Clusters seen = audits.focuses(thresholds[point]);
      double off = seen.mean() - calibrated[point];
      double trust = seen.samples() / (seen.samples() + PRIOR_AUDITS);
      focuses[point] =
          Math.max(calibrated[point] + trust * off, point == 0 ? 0 : focuses[point - 1]);
      double error = seen.standardError();
      if (seen.samples() >= LEAST_AUDITS && error > 0) {
        most = Math.max(most, Math.abs(off) / error);
      }
    }
    return new ContentDrift(focuses, most);
  }

  /** Whether the difference is more than chance. */
  public boolean significant() {
    return deviations > SIGNIFICANT;
  }
}
