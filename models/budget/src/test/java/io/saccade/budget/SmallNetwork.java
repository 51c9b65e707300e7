package io.saccade.budget;

/** A network to control: of MobileNet class, three looks, a frontier of twenty points. */
final class SmallNetwork {
  static final StageCosts COSTS = new StageCosts(700_000, 2_200_000, 2_400_000);
  static final LookWork WORK = new LookWork(75e6, 70e6);

  private static final int POINTS = 20;

  private SmallNetwork() {}

  /** Shares of frames that take look 1, 2, 3, for each point. */
  static double[][] reach() {
    double[][] reach = new double[POINTS][];
    for (int point = 0; point < POINTS; point++) {
      double depth = point / (POINTS - 1.0);
      reach[point] = new double[] {1, Math.pow(depth, 0.9), Math.pow(depth, 1.6)};
    }
    return reach;
  }
}
