package io.saccade.budget.share;

/**
 * Frames that all new cameras together may send before it is known what is usual for them: as much
 * as one camera more. Otherwise a name for every frame would be a way past every bucket. Not safe
 * to share between threads.
 */
final class Newcomers {
  private static final double DEPTH_SECONDS = 2;
  private static final double LEAST_DEPTH = 20;

  /** When a job starts, all are new, and some send seldom. */
  private static final double START_SECONDS = 30;

  private double frames = LEAST_DEPTH;
  private double sent;
  private boolean first = true;

  /**
   * Time passes.
   *
   * @param letIn frames per second of all cameras that are known for longer
   * @param cameras number of those; with none there is nobody to take from
   */
  void earns(double letIn, int cameras, double seconds) {
    sent += cameras > 0 ? seconds : 0;
    first = sent < START_SECONDS || cameras == 0;
    if (first) {
      frames = LEAST_DEPTH;
    } else {
      double equal = letIn / cameras;
      double depth = Math.max(LEAST_DEPTH, DEPTH_SECONDS * equal);
      frames = Math.min(depth, frames + equal * seconds);
    }
  }

  /** Whether a frame of a new camera may pass. */
  boolean admits() {
    if (first) {
      return true;
    }
    boolean admitted = frames >= 1;
    frames -= admitted ? 1 : 0;
    return admitted;
  }
}
