package io.saccade.budget.share;

/**
 * What was agreed for a camera.
 *
 * @param weight of its frames against those of others, above 0 and finite
 * @param cap share of the job's budget it may take, within (0, 1]
 */
public record CameraTerms(double weight, double cap) {
  /** Weight 1, no cap. */
  public static final CameraTerms USUAL = new CameraTerms(1, 1);

  public CameraTerms {
    if (!(weight > 0) || weight == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("weight must be above 0 and finite, but was " + weight);
    }
    if (!(cap > 0 && cap <= 1)) {
      throw new IllegalArgumentException("cap must be within (0, 1], but was " + cap);
    }
  }
}
