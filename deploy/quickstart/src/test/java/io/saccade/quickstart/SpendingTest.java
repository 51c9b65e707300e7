package io.saccade.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class SpendingTest {

  @Property(tries = 100)
  void addsTheSharesOfAllSubtasks(
      @ForAll @IntRange(min = 1, max = 8) int subtasks,
      @ForAll @DoubleRange(min = 0.01, max = 0.95) double cores) {
    Spending spending = new Spending();
    for (int subtask = 0; subtask < subtasks; subtask++) {
      for (long tick = 0; tick <= 50; tick++) {
        // Subtasks tick at times of their own.
        spending.book(
            Records.decision(
                subtask, subtasks, 10_000 + subtask * 17 + tick * 100, cores * 100, 5));
      }
    }

    Spending.Figures figures = spending.figures();
    assertThat(figures.usedCores()).isCloseTo(subtasks * cores, within(1e-6));
    assertThat(figures.budgetCores()).isCloseTo(subtasks * 0.4, within(1e-9));
    assertThat(figures.arrivalsPerSecond()).isCloseTo(subtasks * 50.0, within(1e-6));
    assertThat(figures.seconds()).isCloseTo(5, within(1e-9));
  }

  @Example
  void theFirstTickOnlyStartsTheClock() {
    Spending spending = new Spending();
    spending.book(Records.decision(0, 1, 1_000, 9_000, 900));

    assertThat(spending.figures()).isEqualTo(new Spending.Figures(0, 0, 0, 0, 0));
  }
}
