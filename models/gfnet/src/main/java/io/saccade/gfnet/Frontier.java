package io.saccade.gfnet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * For every mean number of looks between one and T, the thresholds to reach it. A position is a
 * point's index or a value between two: then neighbouring points are mixed, frame by frame, so that
 * the mean cost is continuous.
 *
 * @param points ascending strictly in mean looks
 * @param scenes clips on which they were calibrated, at least 1; 1 when nobody said
 */
public record Frontier(List<Point> points, int scenes) {

  /** Of whose calibration nothing is known. */
  public Frontier(List<Point> points) {
    this(points, 1);
  }

  /**
   * One trade of accuracy against cost.
   *
   * @param thresholds T - 1 confidences
   * @param exitShares share of frames that stop at look 1 .. T, on the calibration clips
   * @param meanLooks mean number of looks there
   * @param accuracy share of right answers there
   */
  public record Point(float[] thresholds, double[] exitShares, double meanLooks, double accuracy) {
    /** Shares are written with a few decimals. */
    private static final double ROUNDING = 2e-3;

    public Point {
      thresholds = thresholds.clone();
      exitShares = exitShares.clone();
      for (float threshold : thresholds) {
        require(threshold >= 0 && threshold <= 2, "thresholds", "within [0, 2]", threshold);
      }
      require(
          exitShares.length == thresholds.length + 1,
          "exitShares",
          "one more than the %d thresholds".formatted(thresholds.length),
          exitShares.length);
      for (double share : exitShares) {
        require(share >= 0 && share <= 1, "exitShares", "within [0, 1]", share);
      }
      double sum = Arrays.stream(exitShares).sum();
      require(Math.abs(sum - 1) <= ROUNDING, "the sum of exitShares", "1", sum);
      double mean = Arrays.stream(reach(exitShares)).sum();
      require(
          Math.abs(mean - meanLooks) <= exitShares.length * ROUNDING,
          "meanLooks",
          String.format(Locale.ROOT, "%.4f, as exitShares say", mean),
          meanLooks);
      require(accuracy >= 0 && accuracy <= 1, "accuracy", "within [0, 1]", accuracy);
    }

    /** A copy: points are shared by all frames. */
    @Override
    public float[] thresholds() {
      return thresholds.clone();
    }

    /** A copy: points are shared by all frames. */
    @Override
    public double[] exitShares() {
      return exitShares.clone();
    }

    /** Share of frames that take look 1 .. T; the first is exactly 1, and none is above it. */
    private static double[] reach(double[] exitShares) {
      double[] reach = new double[exitShares.length];
      double sum = Arrays.stream(exitShares).sum();
      double left = 0;
      for (int look = exitShares.length - 1; look > 0; look--) {
        left += exitShares[look];
        reach[look] = Math.min(1, left / sum);
      }
      reach[0] = 1;
      return reach;
    }

    private static void require(boolean holds, String name, String expected, Object found) {
      if (!holds) {
        throw new IllegalArgumentException(name + " must be " + expected + ", but was " + found);
      }
    }
  }

  public Frontier {
    points = List.copyOf(points);
    if (scenes < 1) {
      throw new IllegalArgumentException("scenes must be at least 1, but were " + scenes);
    }
    if (points.isEmpty()) {
      throw new IllegalArgumentException("points must be at least 1, but were 0");
    }
    int looks = points.get(0).exitShares.length;
    for (int i = 1; i < points.size(); i++) {
      Point point = points.get(i);
      Point before = points.get(i - 1);
      if (point.exitShares.length != looks) {
        throw new IllegalArgumentException(
            "points[%d] must have %d exitShares like the first, but had %d"
                .formatted(i, looks, point.exitShares.length));
      }
      if (!(point.meanLooks > before.meanLooks) || focusLooks(point) < focusLooks(before)) {
        throw new IllegalArgumentException(
            "points must ascend in meanLooks, but points[%d] had %s after %s"
                .formatted(i, point.meanLooks, before.meanLooks));
      }
    }
  }

  private static double focusLooks(Point point) {
    return Arrays.stream(Point.reach(point.exitShares)).skip(1).sum();
  }

  /** T: the most looks a frame may take. */
  public int looks() {
    return points.get(0).exitShares.length;
  }

  /**
   * The thresholds for one frame at {@code position}: those of the point below or of the point
   * above, by a hash of {@code seed} against the fractional part. The same seed gives the same
   * thresholds; different seeds, also consecutive ones, are mixed in that proportion.
   *
   * @param position within [0, number of points - 1]
   */
  public float[] thresholds(double position, long seed) {
    int last = points.size() - 1;
    if (!(position >= 0 && position <= last)) {
      throw new IllegalArgumentException(
          "position must be within [0, %d], but was %s".formatted(last, position));
    }
    int below = (int) position;
    boolean above = uniform(seed) < position - below;
    return points.get(above ? below + 1 : below).thresholds();
  }

  /** For each point, the share of frames that take look 1 .. T; the first is always 1. */
  public double[][] reach() {
    return points.stream().map(point -> Point.reach(point.exitShares)).toArray(double[][]::new);
  }

  /** In [0, 1), by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static double uniform(long seed) {
    long mixed = seed + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    mixed ^= mixed >>> 31;
    return (mixed >>> 11) * 0x1p-53;
  }
}
