package io.saccade.budget;

/**
 * Thins the frames of one camera evenly: of every 1 / keep frames one is kept, without randomness.
 * Not safe to share between threads; keep {@link #credit} in the camera's state.
 */
public final class Thinning {
  private double credit;

  /**
   * Goes on from a stored credit.
   *
   * @param credit within [0, 1); 0 for a new camera
   */
  public Thinning(double credit) {
    if (!(credit >= 0 && credit < 1)) {
      throw new IllegalArgumentException("credit must be within [0, 1), but was " + credit);
    }
    this.credit = credit;
  }

  /** Whether the next frame is looked at, when {@code keep} of them, within (0, 1], may be. */
  public boolean keeps(double keep) {
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException("keep must be within (0, 1], but was " + keep);
    }
    credit += keep;
    if (credit < 1) {
      return false;
    }
    credit -= 1;
    return true;
  }

  /** What is saved for the next frame, within [0, 1). */
  public double credit() {
    return credit;
  }
}
