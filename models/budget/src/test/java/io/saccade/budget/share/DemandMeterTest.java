package io.saccade.budget.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saccade.budget.Observation;
import io.saccade.budget.StageCosts;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DemandMeterTest {
  private static final StageCosts COSTS = new StageCosts(700_000, 2_200_000, 2_400_000);

  private final DemandMeter meter = new DemandMeter(COSTS, 3);
  private double[] memory = meter.initialMemory();

  @Test
  void demandsWhatGlancesAndEveryLookCost() {
    ticks(300, 60, 1);
    Demand demand = demand();
    assertThat(demand.framesPerSecond()).isCloseTo(60, within(1e-9));
    assertThat(demand.glanceCores()).isCloseTo(60 * 0.003, within(0.006));
    assertThat(demand.fullCores()).isCloseTo(60 * 0.0078, within(0.02));
    assertThat(demand.mostCores()).isCloseTo(0.95, within(0.001));
  }

  @Test
  void followsAHostOfHalfTheSpeedWithinAMinute() {
    ticks(300, 60, 1);
    double before = demand().fullCores();
    ticks(600, 60, 2);
    assertThat(demand().fullCores()).isCloseTo(2 * before, within(0.12 * before));
  }

  @Test
  void isAtRestWhileOnlyChanceMovesTheRate() {
    SplittableRandom random = new SplittableRandom(3);
    for (int tick = 0; tick < 1_200; tick++) {
      memory = meter.next(memory, seen(1), 60 + 3 * random.nextGaussian(), 0.1);
    }
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int tick = 0; tick < 600; tick++) {
      memory = meter.next(memory, seen(1), 60 + 3 * random.nextGaussian(), 0.1);
      least = Math.min(least, demand().fullCores());
      most = Math.max(most, demand().fullCores());
    }
    assertThat(most / least).isLessThan(1.02);
  }

  @Test
  void tellsAtOnceWhenTheRateJumps() {
    ticks(300, 20, 1);
    assertThat(meter.jumped(memory)).isFalse();
    ticks(1, 60, 1);
    assertThat(meter.jumped(memory)).isTrue();
    assertThat(demand().framesPerSecond()).isEqualTo(60);
  }

  @Test
  void tellsALastingRiseOfAFifthWithinHalfAMinute() {
    ticks(3_000, 100, 1);
    ticks(300, 120, 1);
    assertThat(demand().framesPerSecond()).isCloseTo(120, within(3.0));
  }

  @Test
  void aRiseOfAFifthForASecondIsNoNews() {
    ticks(3_000, 100, 1);
    ticks(10, 120, 1);
    ticks(300, 100, 1);
    assertThat(demand().framesPerSecond()).isCloseTo(100, within(0.5));
  }

  @Test
  void demandsNothingWithoutFrames() {
    ticks(300, 20, 1);
    for (int tick = 0; tick < 10; tick++) {
      memory = meter.next(memory, Observation.silence(1 + tick), 0, 0.1);
    }
    assertThat(demand().fullCores()).isZero();
  }

  @Test
  void refusesTheMemoryOfAnother() {
    assertThatThrownBy(() -> meter.next(new double[] {1}, seen(1), 10, 0.1))
        .hasMessageContaining("memory must have layout 6002.0")
        .hasMessageEndingWith("but was [1.0]");
  }

  private void ticks(int count, double rate, int slowness) {
    for (int tick = 0; tick < count; tick++) {
      memory = meter.next(memory, seen(slowness), rate, 0.1);
    }
  }

  private Demand demand() {
    return meter.demand(memory, 0, 2, 1_000, 1, false);
  }

  /** Six frames, each with one focus look. */
  private static Observation seen(int slowness) {
    long decode = 6 * 700_000L * slowness;
    long glance = 6 * 2_200_000L * slowness;
    long focus = 6 * 2_400_000L * slowness;
    long spent = decode + glance + focus + 6 * 100_000L;
    return new Observation(
        1_000, 6, 100_000_000, 20_000_000, 6, decode, 6, glance, 6, focus, spent, spent);
  }
}
