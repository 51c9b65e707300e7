package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * One limit on looking: so much may be spent a second, in some unit.
 *
 * @param allowance to look with, per second
 * @param credit to glance with before frames are lost, per second, at least the allowance
 * @param price of looking, in the same unit
 */
record Constraint(double allowance, double credit, Price price) {
  private static final double LEAST_DEMAND = 1e-9;

  /** Share of the frames that can be glanced at, at most 1. */
  double keep(CostCurve curve, double demand, double drift) {
    return min(1, credit / (max(LEAST_DEMAND, demand) * curve.cost(0, price, drift)));
  }

  /** How far every frame can be looked at. */
  double position(CostCurve curve, double demand, double drift) {
    return curve.position(allowance / max(LEAST_DEMAND, demand), price, drift);
  }
}
