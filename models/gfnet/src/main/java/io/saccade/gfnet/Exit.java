package io.saccade.gfnet;

import io.saccade.gfnet.Sight.Look;
import io.saccade.gfnet.Sight.Stop;
import java.util.List;

/**
 * When to stop looking (Wang et al. 2020, section 3.3): once the largest probability after look t
 * is at least threshold t, or after look T. All in float32.
 */
record Exit(float[] thresholds) {

  /** Checks the thresholds of one frame against the number of looks its network takes. */
  static Exit of(float[] thresholds, int steps) {
    if (thresholds.length != steps - 1) {
      throw new IllegalArgumentException(
          "there must be %d thresholds, one for each look but the last, but there were %d"
              .formatted(steps - 1, thresholds.length));
    }
    for (float threshold : thresholds) {
      if (Float.isNaN(threshold)) {
        throw new IllegalArgumentException("a threshold must be a number, but was NaN");
      }
    }
    return new Exit(thresholds);
  }

  boolean accepts(List<Look> looks) {
    return isLast(looks) || isSure(looks);
  }

  /** Why looking ended, given that it did. */
  Stop reason(List<Look> looks) {
    if (isLast(looks)) {
      return Stop.EVERY_LOOK;
    }
    return isSure(looks) ? Stop.CONFIDENT : Stop.DEADLINE;
  }

  private boolean isLast(List<Look> looks) {
    return looks.size() > thresholds.length;
  }

  private boolean isSure(List<Look> looks) {
    int look = looks.size();
    return looks.get(look - 1).confidence() >= thresholds[look - 1];
  }
}
