package io.saccade.budget;

/**
 * Multiply-adds of one look, as the model's manifest counts them, above 0.
 *
 * @param glance of the first look
 * @param focus of each further one
 */
public record LookWork(double glance, double focus) {

  public LookWork {
    aboveZero("a glance", glance);
    aboveZero("a focus look", focus);
  }

  /** What was spent on so many looks. */
  double of(long glances, long focuses) {
    return glance * glances + focus * focuses;
  }

  private static void aboveZero(String look, double multiplyAdds) {
    if (!(multiplyAdds > 0) || multiplyAdds == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "multiply-adds of %s must be above 0 and finite, but were %s"
              .formatted(look, multiplyAdds));
    }
  }
}
