package io.saccade.simulate.scale;

import io.saccade.budget.Settings;
import io.saccade.budget.share.Demand;
import java.util.SplittableRandom;

/** What subtasks could spend: of different cameras, at the ratio of looks of the shipped trace. */
final class Demands {
  /** Glances, of what every look takes, decoding included: of runway 1.0.0, three looks. */
  private static final double GLANCES = 0.376;

  /** CPU seconds of every look at a frame. */
  private static final double FRAME_SECONDS = 0.0078;

  private static final double MEAN_CORES = 0.9;

  private Demands() {}

  /** Cores for every look, from a third of the mean to three times as much. */
  static double[] cores(int subtasks, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] cores = new double[subtasks];
    for (int subtask = 0; subtask < subtasks; subtask++) {
      cores[subtask] = MEAN_CORES * Math.pow(3, random.nextDouble(-1, 1));
    }
    return cores;
  }

  static Demand of(int subtask, int parallelism, long atMillis, double cores, boolean deaf) {
    return new Demand(
        subtask,
        parallelism,
        atMillis,
        cores / FRAME_SECONDS,
        cores * GLANCES,
        cores,
        Settings.USABLE_CORE,
        1,
        deaf);
  }
}
