package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * A running mean that garbage collection and compilation pauses cannot wreck: the median of the
 * last three samples, limited to between half and twice the mean, enters an exponential mean. Never
 * falls when a sample rises.
 *
 * <p>Memory from {@code at}: mean, last sample, the sample before.
 */
final class SteadyMean {
  static final int SLOTS = 3;

  private final int at;
  private final double horizonSeconds;

  SteadyMean(int at, double horizonSeconds) {
    this.at = at;
    this.horizonSeconds = horizonSeconds;
  }

  void start(double[] memory, double mean) {
    memory[at] = mean;
    memory[at + 1] = mean;
    memory[at + 2] = mean;
  }

  double mean(double[] memory) {
    return memory[at];
  }

  /** Takes in a sample, and keeps the mean within the limits. */
  void observe(double[] memory, double sample, double seconds, double least, double most) {
    double mean = memory[at];
    double last = memory[at + 1];
    double before = memory[at + 2];
    double median = max(min(last, before), min(max(last, before), sample));
    double limited = max(mean / 2, min(mean * 2, median));
    // seconds / (horizon + seconds) instead of an exponential: the same on every machine.
    double moved = mean + (limited - mean) * (seconds / (horizonSeconds + seconds));
    memory[at] = max(least, min(most, moved));
    memory[at + 1] = max(least, min(most, sample));
    memory[at + 2] = last;
  }
}
