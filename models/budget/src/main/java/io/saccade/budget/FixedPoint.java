package io.saccade.budget;

/**
 * Always the same position, every frame. The yardstick for what control is worth.
 *
 * <p>Memory: layout.
 */
record FixedPoint(CostCurve curve, StageCosts nominal, double position) implements Controller {
  private static final double LAYOUT = 2_001;

  FixedPoint {
    if (!(position >= 0 && position <= curve.last())) {
      throw new IllegalArgumentException(
          "position must be within [0, %d], but was %s".formatted(curve.last(), position));
    }
  }

  @Override
  public double[] initialMemory() {
    return new double[] {LAYOUT};
  }

  @Override
  public Decision next(double[] memory, Settings settings, Observation seen) {
    double cost = curve.cost(position, Price.of(nominal), 1);
    return new Decision(
        new OperatingPoint(position, 1, 0, 0, cost, 1), Memories.copy(this, memory));
  }
}
