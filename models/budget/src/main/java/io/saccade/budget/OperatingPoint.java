package io.saccade.budget;

/**
 * The decision: where on the frontier to work, and which share of the frames to look at.
 *
 * @param position on the frontier, from 0 (glance only) to the number of its points - 1
 * @param keep share of the frames to look at, within (0, 1]; the rest is thinned evenly per camera
 * @param offeredPerSecond estimated true arrival rate
 * @param demandPerSecond arrival rate with the backlog to be worked off
 * @param costNanos CPU time that one kept frame is expected to cost here
 * @param slowdown measured over predicted service time
 */
public record OperatingPoint(
    double position,
    double keep,
    double offeredPerSecond,
    double demandPerSecond,
    double costNanos,
    double slowdown) {

  public OperatingPoint {
    atLeastZero("position", position);
    atLeastZero("offered rate", offeredPerSecond);
    atLeastZero("demand", demandPerSecond);
    atLeastZero("cost", costNanos);
    atLeastZero("slowdown", slowdown);
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException("keep must be within (0, 1], but was " + keep);
    }
  }

  private static void atLeastZero(String what, double value) {
    if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(what + " must be at least 0 and finite, but was " + value);
    }
  }
}
