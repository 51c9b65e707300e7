package io.saccade.budget;

/**
 * The frontier as the controller sees it: how many focus looks a frame takes on average at each
 * position. Between two points frames are mixed, so looks and cost are linear there and the inverse
 * is exact.
 */
final class CostCurve {
  private final double[] focusLooks;
  private final double mostLooks;

  /** Checks and sums {@code reach}: see {@link ControllerKind#create}. */
  CostCurve(double[][] reach) {
    if (reach.length == 0) {
      throw new IllegalArgumentException("the frontier must have at least 1 point, but had 0");
    }
    focusLooks = new double[reach.length];
    for (int point = 0; point < reach.length; point++) {
      focusLooks[point] = focusLooks(reach[point], reach[0].length, point);
      if (point > 0 && focusLooks[point] < focusLooks[point - 1] - 1e-6) {
        throw new IllegalArgumentException(
            "point %d must take at least the %s focus looks of the one before, but took %s"
                .formatted(point, focusLooks[point - 1], focusLooks[point]));
      }
      // Rounding in the bundle is forgiven, so that the curve never falls.
      focusLooks[point] = Math.max(focusLooks[point], point == 0 ? 0 : focusLooks[point - 1]);
    }
    mostLooks = reach[0].length - 1;
  }

  private static double focusLooks(double[] shares, int looks, int point) {
    if (shares.length != looks || looks == 0 || Math.abs(shares[0] - 1) > 1e-6) {
      throw new IllegalArgumentException(
          "point %d must have %d shares, the first 1, but had %s"
              .formatted(point, looks, java.util.Arrays.toString(shares)));
    }
    double sum = 0;
    for (int look = 1; look < looks; look++) {
      if (!(shares[look] >= 0 && shares[look] <= 1 + 1e-6)) {
        throw new IllegalArgumentException(
            "share of frames must be within [0, 1], but was %s at point %d"
                .formatted(shares[look], point));
      }
      sum += Math.min(1, shares[look]);
    }
    return sum;
  }

  /** The dearest position. */
  int last() {
    return focusLooks.length - 1;
  }

  /** Mean number of focus looks expected at a position, by calibration. */
  double looks(double position) {
    int below = Math.min((int) position, Math.max(0, last() - 1));
    int above = Math.min(below + 1, last());
    return focusLooks[below] + (position - below) * (focusLooks[above] - focusLooks[below]);
  }

  /**
   * Mean cost of a frame at a position.
   *
   * @param price of looking, in the unit that is asked for
   * @param drift looks taken over looks expected: above 1 the content is harder than at calibration
   */
  double cost(double position, Price price, double drift) {
    int below = Math.min((int) position, Math.max(0, last() - 1));
    int above = Math.min(below + 1, last());
    double cheap = pointCost(below, price, drift);
    return cheap + (position - below) * (pointCost(above, price, drift) - cheap);
  }

  /** The furthest position whose mean cost is at most {@code cost}; 0 when even that is dearer. */
  double position(double cost, Price price, double drift) {
    if (cost >= pointCost(last(), price, drift)) {
      return last();
    }
    int point = last() - 1;
    while (point >= 0 && pointCost(point, price, drift) > cost) {
      point--;
    }
    if (point < 0) {
      return 0;
    }
    double cheap = pointCost(point, price, drift);
    double dear = pointCost(point + 1, price, drift);
    return point + Math.min(1, (cost - cheap) / (dear - cheap));
  }

  private double pointCost(int point, Price price, double drift) {
    return price.frame() + price.look() * Math.min(mostLooks, drift * focusLooks[point]);
  }
}
