package io.saccade.budget.simulation;

import io.saccade.budget.StageCosts;

/** The network and the host: a small MobileNet class bundle of three looks. */
public final class Plant {
  public static final StageCosts COSTS = new StageCosts(700_000, 2_200_000, 2_400_000);

  /** CPU seconds around a frame: reading, emitting. A frame not looked at costs a third. */
  static final double OVERHEAD_SECONDS = 100e-6;

  static final double UNSEEN_SECONDS = 30e-6;

  private static final int POINTS = 20;

  private Plant() {}

  /** Shares of frames that take look 1, 2, 3, for each of twenty points. */
  public static double[][] reach() {
    double[][] reach = new double[POINTS][];
    for (int point = 0; point < POINTS; point++) {
      double depth = point / (POINTS - 1.0);
      reach[point] = new double[] {1, Math.pow(depth, 0.9), Math.pow(depth, 1.6)};
    }
    return reach;
  }

  /** Share of frames that take a look, when the content is harder than calibrated. */
  static double reach(double[][] reach, int point, int look, double hardness) {
    return Math.pow(reach[point][look], 1 / hardness);
  }
}
