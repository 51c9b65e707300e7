package io.saccade.simulate.scale;

import io.saccade.budget.share.Neighbours;
import java.util.Arrays;

/**
 * What it takes to compute one share.
 *
 * @param subtasks number of them
 * @param microseconds median of many
 * @param coreShare of the core of one subtask, that computes it at each tick
 */
public record ShareTime(int subtasks, double microseconds, double coreShare) {
  private static final double TICKS_PER_SECOND = 10;
  private static final int ROUNDS = 300;

  /** Measures it, once the compiler has seen it often enough. */
  public static ShareTime measure(int subtasks, long seed) {
    double[] cores = Demands.cores(subtasks, seed);
    Neighbours neighbours = new Neighbours(0, subtasks, 0);
    for (int subtask = 0; subtask < subtasks; subtask++) {
      neighbours.hear(Demands.of(subtask, subtasks, 0, cores[subtask], false), 0);
    }
    double budget = 0.5 * Arrays.stream(cores).sum();
    double[] nanos = new double[ROUNDS];
    double taken = 0;
    for (int round = -ROUNDS; round < ROUNDS; round++) {
      long start = System.nanoTime();
      taken += neighbours.share(budget, 1);
      nanos[Math.max(0, round)] = System.nanoTime() - start;
    }
    if (!(taken > 0)) {
      throw new IllegalStateException("a share must be above 0, but was " + taken);
    }
    Arrays.sort(nanos);
    double median = nanos[ROUNDS / 2];
    return new ShareTime(subtasks, median / 1e3, median / 1e9 * TICKS_PER_SECOND);
  }
}
