package io.saccade.gfnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saccade.gfnet.Frontier.Point;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontierTest {
  private static final Point GLANCE = point(0, 1, 0, 0);
  private static final Point SOME = point(0.6f, 0.5, 0.25, 0.25);
  private static final Point EVERY = point(2, 0, 0, 1);
  private static final Frontier FRONTIER = new Frontier(List.of(GLANCE, SOME, EVERY));

  private static Point point(float threshold, double... shares) {
    double meanLooks = shares[0] + 2 * shares[1] + 3 * shares[2];
    return new Point(new float[] {threshold, threshold}, shares, meanLooks, 0.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void givesEveryFrameThePointItselfAtAWholePosition(int position) {
    float[] expected = FRONTIER.points().get(position).thresholds();
    for (long seed = 0; seed < 1000; seed++) {
      assertThat(FRONTIER.thresholds(position, seed)).isEqualTo(expected);
    }
  }

  @Property(tries = 100)
  void mixesNeighboursInProportionForConsecutiveSeeds(
      @ForAll @DoubleRange(min = 0, max = 2) double position, @ForAll long firstSeed) {
    int below = Math.min(1, (int) position);
    float upper = FRONTIER.points().get(below + 1).thresholds()[0];
    int frames = 4000;
    int above = 0;
    for (int i = 0; i < frames; i++) {
      above += FRONTIER.thresholds(position, firstSeed + i)[0] == upper ? 1 : 0;
    }

    // Five standard deviations of a fair mixture, at its widest.
    assertThat((double) above / frames)
        .isCloseTo(position - below, within(5 * 0.5 / Math.sqrt(frames)));
  }

  @Property(tries = 200)
  void replaysExactly(@ForAll @DoubleRange(min = 0, max = 2) double position, @ForAll long seed) {
    assertThat(FRONTIER.thresholds(position, seed)).isEqualTo(FRONTIER.thresholds(position, seed));
  }

  @Property(tries = 200)
  void givesAFrameNoLowerThresholdAtAHigherPosition(
      @ForAll @DoubleRange(min = 0, max = 2) double one,
      @ForAll @DoubleRange(min = 0, max = 2) double other,
      @ForAll long seed) {
    float lower = FRONTIER.thresholds(Math.min(one, other), seed)[0];
    assertThat(FRONTIER.thresholds(Math.max(one, other), seed)[0]).isGreaterThanOrEqualTo(lower);
  }

  /** A change of the hash would change every replay: these were written down once. */
  @Test
  void mixesByTheSameHashForEver() {
    StringBuilder mixed = new StringBuilder();
    for (long seed = 0; seed < 40; seed++) {
      mixed.append(FRONTIER.thresholds(0.5, seed)[0] == 0 ? '0' : '1');
    }

    assertThat(mixed).hasToString("0001110100110010101011000000000001010000");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 2.000001, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAPositionOutside(double position) {
    assertThatThrownBy(() -> FRONTIER.thresholds(position, 1))
        .hasMessage("position must be within [0, 2], but was " + position);
  }

  @Test
  void tellsTheShareOfFramesThatTakeEachLook() {
    assertThat(FRONTIER.reach())
        .isDeepEqualTo(new double[][] {{1, 0, 0}, {1, 0.5, 0.25}, {1, 1, 1}});
  }

  @Property(tries = 300)
  void reachIsAShareAndFallsFromLookToLookHoweverSharesWereRounded(
      @ForAll @Positive int a, @ForAll @Positive int b, @ForAll @Positive int c) {
    double sum = (double) a + b + c;
    double[] shares = {rounded(a / sum), rounded(b / sum), rounded(c / sum)};
    Point point = new Point(new float[2], shares, rounded((a + 2.0 * b + 3.0 * c) / sum), 0.5);

    double[] reach = new Frontier(List.of(point)).reach()[0];

    assertThat(reach[0]).isEqualTo(1);
    assertThat(reach[1]).isBetween(reach[2], 1.0);
    assertThat(reach[2]).isBetween(0.0, 1.0);
  }

  private static double rounded(double share) {
    return Math.rint(share * 1000) / 1000;
  }

  @Test
  void cannotBeChangedFromOutside() {
    FRONTIER.thresholds(1, 1)[0] = 7;
    FRONTIER.points().get(1).thresholds()[0] = 7;
    FRONTIER.points().get(1).exitShares()[0] = 7;
    FRONTIER.reach()[1][1] = 7;

    assertThat(FRONTIER.thresholds(1, 1)).containsExactly(0.6f, 0.6f);
    assertThat(FRONTIER.reach()[1]).containsExactly(1, 0.5, 0.25);
  }

  @Test
  void refusesPointsThatAreNone() {
    assertThatThrownBy(() -> new Frontier(List.of())).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new Frontier(List.of(SOME, GLANCE)))
        .hasMessage("points must ascend in meanLooks, but points[1] had 1.0 after 1.75");
    assertThatThrownBy(() -> new Frontier(List.of(SOME, SOME))).hasMessageContaining("ascend");
    assertThatThrownBy(() -> point(2.5f, 1, 0, 0))
        .hasMessage("thresholds must be within [0, 2], but was 2.5");
    assertThatThrownBy(() -> point(Float.NaN, 1, 0, 0)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> point(1, 0.5, 0.5, 0.5))
        .hasMessage("the sum of exitShares must be 1, but was 1.5");
    assertThatThrownBy(() -> point(1, 1.5, -0.5, 0)).hasMessageContaining("exitShares");
    assertThatThrownBy(() -> new Point(new float[1], new double[] {1, 0, 0}, 1, 0.5))
        .hasMessage("exitShares must be one more than the 1 thresholds, but was 3");
    assertThatThrownBy(() -> new Point(new float[2], new double[] {0.5, 0.3, 0.2}, 2, 0.5))
        .hasMessage("meanLooks must be 1.7000, as exitShares say, but was 2.0");
    assertThatThrownBy(() -> new Point(new float[2], new double[] {1, 0, 0}, 1, 1.1))
        .hasMessage("accuracy must be within [0, 1], but was 1.1");
    Point two = new Point(new float[1], new double[] {0, 1}, 2, 0.5);
    assertThatThrownBy(() -> new Frontier(List.of(GLANCE, two)))
        .hasMessage("points[1] must have 3 exitShares like the first, but had 2");
  }
}
