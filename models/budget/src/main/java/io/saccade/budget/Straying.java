package io.saccade.budget;

import static java.lang.Math.min;

/**
 * How far spending strays from what was planned: frames come at random, and nobody knows how many
 * looks the next one takes. Told from sums over a second, so that cameras that send together do not
 * look uneven, and content that stays hard for a while does.
 *
 * <p>Memory from {@code at}: variance, in seconds of the budget squared per second; what strayed
 * since it was told, in seconds of the budget; seconds since.
 */
final class Straying {
  static final int SLOTS = 3;

  /** Just less than ten ticks, since ticks are a little late. */
  private static final double SPAN_SECONDS = 0.95;

  private static final double HORIZON_SECONDS = 20;

  /** Of some hundred frames a second that come at random. */
  private static final double FIRST = 0.01;

  /** A second counts as at most so many times as bad as others: a pause is no habit. */
  private static final double MOST_SURPRISING = 8;

  private static final double LEAST_SURPRISING = 1e-5;

  /** Spending of longer ticks says nothing: the job was down. */
  private static final double LONGEST_TICK_SECONDS = 1;

  private final int at;

  Straying(int at) {
    this.at = at;
  }

  void start(double[] memory) {
    memory[at] = FIRST;
  }

  double variance(double[] memory) {
    return memory[at];
  }

  /**
   * Takes in a tick.
   *
   * @param strayed spending less than planned, in seconds of the budget
   */
  void observe(double[] memory, double strayed, double seconds) {
    if (seconds > LONGEST_TICK_SECONDS) {
      return;
    }
    memory[at + 1] += strayed;
    memory[at + 2] += seconds;
    double span = memory[at + 2];
    if (span < SPAN_SECONDS) {
      return;
    }
    double most = MOST_SURPRISING * memory[at] + LEAST_SURPRISING;
    double sample = min(memory[at + 1] * memory[at + 1] / span, most);
    memory[at] += (sample - memory[at]) * span / (HORIZON_SECONDS + span);
    memory[at + 1] = 0;
    memory[at + 2] = 0;
  }
}
