package io.saccade.budget.share;

/**
 * What an autoscaler has to know. When looks become fewer, the job keeps up whatever comes: its
 * "true processing rate" says nothing about what is missing. These do.
 */
public final class Quality {
  private Quality() {}

  /** CPU seconds per second that every look at every frame would take. */
  public static double demandAtFullQuality(Demand demand) {
    return demand.fullCores();
  }

  /**
   * Share of the looks that full quality would have taken and that were not taken, within [0, 1]. A
   * frame that was shed or thinned misses all its looks; a frame only glanced at misses all but
   * one, whether the glance was sure or not: at full quality every frame gets every look.
   *
   * @param frames offered, whatever became of them
   * @param looks taken at them, glances included
   * @param mostLooks T, looks at a frame at full quality
   */
  public static double deficit(double frames, double looks, int mostLooks) {
    if (!(frames >= 0 && looks >= 0 && mostLooks >= 1)) {
      throw new IllegalArgumentException(
          "frames and looks must be at least 0 and the most looks at least 1, but were %s, %s, %d"
              .formatted(frames, looks, mostLooks));
    }
    return frames == 0 ? 0 : Math.max(0, Math.min(1, 1 - looks / (frames * mostLooks)));
  }
}
