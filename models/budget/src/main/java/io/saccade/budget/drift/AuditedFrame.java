package io.saccade.budget.drift;

/**
 * What every look said at a frame that was looked at to the end.
 *
 * @param camera who sent it: frames of one camera are alike
 * @param confidences largest probability after look 1, 2, .. T, within [0, 1]
 * @param best most probable class after each
 */
public record AuditedFrame(String camera, float[] confidences, int[] best) {

  public AuditedFrame {
    confidences = confidences.clone();
    best = best.clone();
    if (confidences.length == 0 || best.length != confidences.length) {
      throw new IllegalArgumentException(
          "there must be a class for each of at least 1 look, but were %d for %d looks"
              .formatted(best.length, confidences.length));
    }
    for (float confidence : confidences) {
      if (!(confidence >= 0 && confidence <= 1 + 1e-4f)) {
        throw new IllegalArgumentException(
            "confidence must be within [0, 1], but was " + confidence);
      }
    }
  }

  /** T. */
  public int looks() {
    return confidences.length;
  }

  /**
   * Looks it would have taken under thresholds: one for each look but the last, as the network's
   * exit compares them.
   */
  public int looksUnder(float[] thresholds) {
    if (thresholds.length != confidences.length - 1) {
      throw new IllegalArgumentException(
          "there must be %d thresholds, but were %d"
              .formatted(confidences.length - 1, thresholds.length));
    }
    int look = 1;
    while (look < confidences.length && confidences[look - 1] < thresholds[look - 1]) {
      look++;
    }
    return look;
  }

  /** Whether the answer after so many looks was the final one. */
  public boolean agrees(int looks) {
    return best[looks - 1] == best[best.length - 1];
  }
}
