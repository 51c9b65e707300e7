package io.saccade.budget.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WaterFillingTest {

  @Test
  void givesThoseWhoNeedMoreMore() {
    double[] shares =
        WaterFilling.shares(1, List.of(Demands.of(0, 2, 0.4, 0.9), Demands.of(1, 2, 0.1, 0.3)));
    // 0.5 is left after glances, for looks of 0.5 and 0.2.
    assertThat(shares[0]).isCloseTo(0.4 + 0.5 * 5 / 7, within(1e-9));
    assertThat(shares[1]).isCloseTo(0.1 + 0.5 * 2 / 7, within(1e-9));
  }

  @Test
  void dividesInProportionToGlancesWhenEvenTheyDoNotFit() {
    double[] shares =
        WaterFilling.shares(0.5, List.of(Demands.of(0, 2, 0.9, 0.9), Demands.of(1, 2, 0.3, 0.6)));
    // To within the little that everyone gets first.
    assertThat(shares[0] / shares[1]).isCloseTo(3, within(0.15));
  }

  @Test
  void splitsEvenlyWhatNobodyNeeds() {
    double[] shares =
        WaterFilling.shares(1.2, List.of(Demands.of(0, 2, 0.1, 0.3), Demands.of(1, 2, 0.05, 0.1)));
    assertThat(shares[0]).isCloseTo(0.3 + 0.4, within(1e-9));
    assertThat(shares[1]).isCloseTo(0.1 + 0.4, within(1e-9));
  }

  @Test
  void refillsWhatACoreCannotTake() {
    double[] shares =
        WaterFilling.shares(1.4, List.of(Demands.of(0, 2, 0.8, 2.8), Demands.of(1, 2, 0.2, 0.6)));
    assertThat(shares[0]).isEqualTo(0.95);
    assertThat(shares[1]).isCloseTo(0.45, within(1e-9));
  }

  @Test
  void aHeavierSubtaskGetsMoreLooks() {
    Demand light = Demands.of(0, 2, 0.1, 0.9);
    Demand heavy = Demands.weighing(3, Demands.of(1, 2, 0.1, 0.9));
    double[] shares = WaterFilling.shares(0.6, List.of(light, heavy));
    assertThat(shares[0]).isCloseTo(0.1 + 0.1, within(1e-9));
    assertThat(shares[1]).isCloseTo(0.1 + 0.3, within(1e-9));
  }

  @Test
  void aSubtaskWithoutFramesCanLookAtTheFirstOnes() {
    double[] shares =
        WaterFilling.shares(0.9, List.of(Demands.of(0, 2, 0.8, 2), Demands.of(1, 2, 0, 0)));
    assertThat(shares[1]).isCloseTo(0.009, within(1e-9));
  }

  @Property(seed = "1", tries = 300)
  void givesAwayAllThatCanBeUsedAndNoMore(
      @ForAll @DoubleRange(min = 0, max = 20) double budget,
      @ForAll @IntRange(min = 1, max = 40) int subtasks,
      @ForAll long seed) {
    List<Demand> demands = random(subtasks, seed);
    double[] shares = WaterFilling.shares(budget, demands);
    double most = demands.stream().mapToDouble(Demand::mostCores).sum();
    assertThat(Arrays.stream(shares).sum()).isCloseTo(Math.min(budget, most), within(1e-9));
    for (int at = 0; at < subtasks; at++) {
      assertThat(shares[at]).isBetween(0.0, demands.get(at).mostCores() + 1e-12);
    }
  }

  @Property(seed = "2", tries = 300)
  void comesToTheSameBitsWhateverTheOrderOfTheNews(
      @ForAll @DoubleRange(min = 0, max = 20) double budget,
      @ForAll @IntRange(min = 1, max = 40) int subtasks,
      @ForAll long seed) {
    List<Demand> demands = random(subtasks, seed);
    List<Demand> shuffled = new ArrayList<>(demands);
    Collections.shuffle(shuffled, new Random(seed + 1));
    double[] shares = WaterFilling.shares(budget, demands);
    double[] others = WaterFilling.shares(budget, shuffled);
    for (int at = 0; at < subtasks; at++) {
      assertThat(others[at]).isEqualTo(shares[shuffled.get(at).subtask()]);
    }
  }

  @Property(seed = "3", tries = 300)
  void moreBudgetTakesNothingFromAnyone(
      @ForAll @DoubleRange(min = 0, max = 20) double budget,
      @ForAll @DoubleRange(min = 0, max = 5) double more,
      @ForAll long seed) {
    List<Demand> demands = random(8, seed);
    double[] before = WaterFilling.shares(budget, demands);
    double[] after = WaterFilling.shares(budget + more, demands);
    for (int at = 0; at < before.length; at++) {
      assertThat(after[at]).isGreaterThanOrEqualTo(before[at] - 1e-9);
    }
  }

  @Test
  void refusesASubtaskThatComesTwiceAndABudgetThatIsNone() {
    Demand demand = Demands.of(0, 2, 0.1, 0.2);
    assertThatThrownBy(() -> WaterFilling.shares(1, List.of(demand, demand)))
        .hasMessage("each subtask must come once, but subtask 0 came twice");
    assertThatThrownBy(() -> WaterFilling.shares(Double.NaN, List.of(demand)))
        .hasMessage("budget must be at least 0 and finite, but was NaN");
  }

  private static List<Demand> random(int subtasks, long seed) {
    Random random = new Random(seed);
    List<Demand> demands = new ArrayList<>();
    for (int subtask = 0; subtask < subtasks; subtask++) {
      double glance = random.nextInt(4) == 0 ? 0 : random.nextDouble();
      double full = glance * (1 + 2 * random.nextDouble());
      double most = 0.05 + 0.9 * random.nextDouble();
      double weight = 0.1 + 3 * random.nextDouble();
      demands.add(new Demand(subtask, subtasks, 0, 10, glance, full, most, weight, false));
    }
    return demands;
  }
}
