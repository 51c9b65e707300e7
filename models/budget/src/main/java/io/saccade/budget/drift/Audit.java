package io.saccade.budget.drift;

/**
 * Chooses the frames that are looked at to the end whatever the thresholds say, so that early
 * answers can be compared with the final one. The choice is a hash of the frame: replaying or
 * re-reading chooses the same, and neither content nor load has a say in it. What audits cost is
 * measured like any other look, so it is inside the budget.
 *
 * @param share of the frames that are looked at, within [0, {@link #MOST}]; 0 for none
 */
public record Audit(double share) {
  public static final double MOST = 0.2;

  /** One frame in a hundred. */
  public static final Audit USUAL = new Audit(0.01);

  /** So that audits are independent of the mixing of thresholds, which uses the same seed. */
  private static final long OTHER = 0x2545F4914F6CDD1DL;

  public Audit {
    if (!(share >= 0 && share <= MOST)) {
      throw new IllegalArgumentException(
          "share of audits must be within [0, %s], but was %s".formatted(MOST, share));
    }
  }

  /**
   * Whether to audit a frame.
   *
   * @param seed hash of what identifies the frame, and senders do not choose
   */
  public boolean chooses(long seed) {
    long mixed = (seed ^ OTHER) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    mixed ^= mixed >>> 32;
    return (mixed >>> 11) * 0x1p-53 < share;
  }
}
