package io.saccade.budget.share;

/**
 * Mean focus looks of a frame along the frontier, both ways.
 *
 * @param focuses mean focus looks at each point, from 0; never falling
 */
public record LookScale(double[] focuses) {

  public LookScale {
    focuses = focuses.clone();
    for (int point = 0; point < focuses.length; point++) {
      if (!(focuses[point] >= (point == 0 ? 0 : focuses[point - 1]))) {
        throw new IllegalArgumentException(
            "focus looks must be at least 0 and never fall, but were "
                + java.util.Arrays.toString(focuses));
      }
    }
    if (focuses.length == 0) {
      throw new IllegalArgumentException("a frontier must have at least 1 point, but had 0");
    }
  }

  /** The scale of a frontier that says which share of frames takes look 1, 2, .. T. */
  public static LookScale of(double[][] reach) {
    double[] focuses = new double[reach.length];
    for (int point = 0; point < reach.length; point++) {
      for (int look = 1; look < reach[point].length; look++) {
        focuses[point] += reach[point][look];
      }
      focuses[point] = Math.max(focuses[point], point == 0 ? 0 : focuses[point - 1]);
    }
    return new LookScale(focuses);
  }

  /** Focus looks at a position. */
  public double looks(double position) {
    int below = Math.max(0, Math.min((int) position, focuses.length - 2));
    int above = Math.min(below + 1, focuses.length - 1);
    return focuses[below] + (position - below) * (focuses[above] - focuses[below]);
  }

  /** The furthest position with at most so many focus looks; 0 when there is none. */
  public double position(double looks) {
    int point = focuses.length - 1;
    if (looks >= focuses[point]) {
      return point;
    }
    while (point >= 0 && focuses[point] > looks) {
      point--;
    }
    if (point < 0) {
      return 0;
    }
    return point + (looks - focuses[point]) / (focuses[point + 1] - focuses[point]);
  }
}
