package io.saccade.budget.share;

/**
 * What was agreed for a camera.
 *
 * @param weight of its frames against those of others, within [0.001, 1000]: sums stay finite
 * @param cap share of the job's budget it may take, within (0, 1]
 */
public record CameraTerms(double weight, double cap) {
  /** Weight 1, no cap. */
  public static final CameraTerms USUAL = new CameraTerms(1, 1);

  public static final double LEAST_WEIGHT = 0.001;

  public static final double MOST_WEIGHT = 1_000;

  public CameraTerms {
    if (!(weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT)) {
      throw new IllegalArgumentException("weight must be within [0.001, 1000], but was " + weight);
    }
    if (!(cap > 0 && cap <= 1)) {
      throw new IllegalArgumentException("cap must be within (0, 1], but was " + cap);
    }
  }
}
