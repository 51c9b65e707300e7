package io.saccade.console.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class OutlookTest {
  private static final Frontier FRONTIER =
      new Frontier(
          List.of(
              new Frontier.Point(1, 0.5), new Frontier.Point(2, 0.7), new Frontier.Point(3, 0.8)),
          14,
          573);

  /** A hundred frames a second of 1 ms, 2 ms for the first look and 3 ms for each other one. */
  private static final Outlook LOAD = new Outlook(100, 1e6, 2e6, 3e6, 0, 0.3);

  @Test
  void takesEveryLookWhenItCanBeAfforded() {
    assertThat(LOAD.wantedCores(FRONTIER)).isCloseTo(0.9, within(1e-9));
    assertThat(LOAD.with(0.9, FRONTIER).accuracy()).isCloseTo(0.8, within(1e-9));
    assertThat(LOAD.with(5, FRONTIER).accuracy()).isEqualTo(0.8);
  }

  @Test
  void goesInAStraightLineBetweenPoints() {
    Outlook.Expectation expected = LOAD.with(0.45, FRONTIER);

    assertThat(expected.meanLooks()).isCloseTo(1.5, within(1e-6));
    assertThat(expected.accuracy()).isCloseTo(0.6, within(1e-6));
    assertThat(expected.keep()).isEqualTo(1);
  }

  @Test
  void leavesFramesOutWhenNotEvenTheGlanceCanBeAfforded() {
    Outlook.Expectation expected = LOAD.with(0.15, FRONTIER);

    assertThat(expected.keep()).isCloseTo(0.5, within(1e-9));
    assertThat(expected.accuracy()).isEqualTo(0.5);
  }

  @Property
  void moreBudgetNeverBuysLess(
      @ForAll @DoubleRange(min = 0.01, max = 4) double cores,
      @ForAll @DoubleRange(min = 0, max = 4) double more) {
    Outlook.Expectation less = LOAD.with(cores, FRONTIER);
    Outlook.Expectation better = LOAD.with(cores + more, FRONTIER);

    assertThat(better.accuracy() * better.keep())
        .isGreaterThanOrEqualTo(less.accuracy() * less.keep() - 1e-9);
  }

  @Test
  void aFrontierHasPoints() {
    assertThatThrownBy(() -> new Frontier(List.of(), 1, 0))
        .hasMessage("a frontier must have at least one point, but has none");
  }
}
