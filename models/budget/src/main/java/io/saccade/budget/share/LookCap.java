package io.saccade.budget.share;

/**
 * Keeps one camera from taking the others' looks: a bucket of focus looks, into which each of its
 * frames puts what the budget affords per frame and a little more, and from which each focus look
 * takes one. All others together lose about {@link #LOST} of their looks to it, no more.
 *
 * <p>With budget to spare a frame puts in more than it can take, and nobody is capped. Not safe to
 * share between threads; keep {@link #looks} in the camera's state.
 */
public final class LookCap {

  /** Share of the others' looks that a camera may take, lasting; the bucket comes on top once. */
  public static final double LOST = 0.03;

  /** Focus looks saved at most: some hard clips in a row pass. */
  public static final double DEPTH = 120;

  private double looks;

  /**
   * Goes on from stored looks.
   *
   * @param looks within [0, {@link #DEPTH}]; a new camera starts full
   */
  public LookCap(double looks) {
    if (!(looks >= 0 && looks <= DEPTH)) {
      throw new IllegalArgumentException(
          "looks saved must be within [0, %s], but were %s".formatted(DEPTH, looks));
    }
    this.looks = looks;
  }

  /**
   * A frame of the camera is looked at.
   *
   * @param affordable focus looks per frame that the budget affords this camera, at least 0, beyond
   *     T - 1 when there is some to spare
   * @param share of all frames that are this camera's, within (0, 1]
   * @param owed focus looks to pay for frames that came beyond the usual, at least 0
   */
  public void earns(double affordable, double share, double owed) {
    if (!(affordable >= 0 && share > 0 && share <= 1 && owed >= 0)) {
      throw new IllegalArgumentException(
          "affordable looks and what is owed must be at least 0 and the share within (0, 1], but were %s, %s, %s"
              .formatted(affordable, owed, share));
    }
    double little = Math.min(10, LOST * (1 - share) / share);
    double earned = affordable * (1 + little) - owed;
    looks = Math.max(0, Math.min(DEPTH, looks + earned));
  }

  /** Whether there is another focus look for this camera's frame. */
  public boolean allows() {
    return looks >= 1;
  }

  /**
   * Share of the usual looks to work towards: below 1 in the lower half of the bucket, so that a
   * camera that takes too much loses the looks that matter least first.
   */
  public double ease() {
    return Math.min(1, 2 * looks / DEPTH);
  }

  /** A focus look was taken. */
  public void takes() {
    looks = Math.max(0, looks - 1);
  }

  /** Focus looks saved. */
  public double looks() {
    return looks;
  }
}
