package io.saccade.budget.share;

/**
 * Holds a camera to the share of the job's budget it was given: a bucket of CPU seconds. In its
 * upper half there is room for further looks, in the lower half for glances; empty, frames are left
 * out. Not safe to share between threads; keep {@link #saved} in the camera's state.
 */
public final class CostCap {
  private static final double DEPTH_SECONDS = 2;

  /** A millionth of a millionth: with less, a share of a share is nothing. */
  private static final double LEAST_ALLOWED = 1e-12;

  private double saved;
  private double depth;
  private boolean begun;

  /** Goes on from what was saved, which may be below 0: a frame is paid when it is done. */
  public CostCap(double saved) {
    if (!Double.isFinite(saved)) {
      throw new IllegalArgumentException("what is saved must be finite, but was " + saved);
    }
    this.saved = saved;
    depth = Math.abs(saved);
  }

  /**
   * Time passes.
   *
   * @param allowed CPU seconds per second this camera may take, at least 0; next to nothing counts
   *     as {@link #LEAST_ALLOWED}
   */
  public void passes(double allowed, double seconds) {
    if (!(allowed >= 0 && seconds >= 0)) {
      throw new IllegalArgumentException(
          "what is allowed and time must be at least 0, but were %s and %s"
              .formatted(allowed, seconds));
    }
    double earned = Math.max(LEAST_ALLOWED, allowed);
    double was = depth;
    depth = earned * DEPTH_SECONDS;
    if (begun) {
      // Another budget, or another unit: it is as full or empty as it was.
      saved *= depth / was;
    }
    begun = true;
    saved = Math.max(-depth, Math.min(depth, saved + earned * seconds));
  }

  /** A frame was looked at for so long. */
  public void spends(double cpuSeconds) {
    saved -= cpuSeconds;
  }

  public boolean allowsGlance() {
    return saved >= 0;
  }

  public boolean allowsFocus() {
    return saved >= depth / 2;
  }

  /** CPU seconds saved. */
  public double saved() {
    return saved;
  }
}
