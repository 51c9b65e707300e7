package io.saccade.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CostCurveTest {
  private static final Price COSTS = Price.of(new StageCosts(1, 2, 4));

  private final CostCurve curve = new CostCurve(SmallNetwork.reach());

  @Property(seed = "1")
  void thePositionForACostCostsThat(
      @ForAll @DoubleRange(max = 19) double position,
      @ForAll @DoubleRange(min = 0.25, max = 1) double drift) {
    double cost = curve.cost(position, COSTS, drift);
    assertThat(curve.position(cost, COSTS, drift)).isCloseTo(position, within(1e-9));
  }

  @Property(seed = "2")
  void noFrameCostsMoreThanEveryLook(
      @ForAll @DoubleRange(max = 19) double position,
      @ForAll @DoubleRange(min = 0.25, max = 4) double drift) {
    assertThat(curve.cost(position, COSTS, drift)).isBetween(3.0, 11.0);
  }

  @Test
  void theEndsAreGlanceOnlyAndEveryLook() {
    assertThat(curve.cost(0, COSTS, 1)).isEqualTo(3);
    assertThat(curve.cost(19, COSTS, 1)).isEqualTo(11);
    assertThat(curve.position(2.9, COSTS, 1)).isZero();
    assertThat(curve.position(1e9, COSTS, 1)).isEqualTo(19);
  }

  @Test
  void oneLookOnlyIsAFrontierToo() {
    CostCurve glance = new CostCurve(new double[][] {{1}});
    assertThat(glance.cost(0, COSTS, 1)).isEqualTo(3);
    assertThat(glance.position(5, COSTS, 1)).isZero();
    assertThat(glance.looks(0)).isZero();
  }

  @Test
  void refusesReachesThatAreNone() {
    assertRefused(new double[][] {}, "at least 1 point");
    assertRefused(new double[][] {{0.9, 0.5}}, "the first 1");
    assertRefused(new double[][] {{1, 0.5}, {1}}, "must have 2 shares");
    assertRefused(new double[][] {{1, Double.NaN}}, "within [0, 1], but was NaN");
    assertRefused(new double[][] {{1, -0.1}}, "within [0, 1], but was -0.1");
    assertRefused(new double[][] {{1, 0.5}, {1, 0.4}}, "at least the 0.5 focus looks");
  }

  private static void assertRefused(double[][] reach, String message) {
    assertThatThrownBy(() -> Histories.controller(reach))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
