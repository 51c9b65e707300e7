package io.saccade.console.scene;

import static io.saccade.console.scene.Records.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TrustTest {
  private static final List<Frontier.Point> POINTS =
      List.of(new Frontier.Point(1, 0.5), new Frontier.Point(2, 0.7), new Frontier.Point(3, 0.8));
  private static final Frontier FRONTIER = new Frontier(POINTS, 14, 573);

  @Test
  void weighsTheSubtasksByTheirFramesAndKeepsTheirIntervals() {
    Trust trust =
        Trust.of(
            List.of(Records.news(NOW, 0, 30, 100, 0.6), Records.news(NOW, 1, 10, 20, 0.4)),
            FRONTIER,
            1);

    assertThat(trust.accuracy().share()).isCloseTo(0.55, within(1e-9));
    assertThat(trust.accuracy().low()).isCloseTo(0.35, within(1e-9));
    assertThat(trust.accuracy().high()).isCloseTo(0.75, within(1e-9));
    assertThat(trust.answers().orElseThrow().audits()).isEqualTo(120);
    assertThat(trust.answers().orElseThrow().agreement().share()).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void movesWithTheFrontierAndStaysAShare() {
    Trust trust = Trust.of(List.of(Records.news(NOW, 0, 30, 100, 0.6)), FRONTIER, 1);

    Trust.Share doubled = trust.at(FRONTIER.at(2), FRONTIER.at(1));

    assertThat(doubled.share()).isCloseTo(0.7, within(1e-9));
    assertThat(doubled.low()).isCloseTo(0.5, within(1e-9));
    assertThat(doubled.high()).isCloseTo(0.9, within(1e-9));
    assertThat(new Trust.Share(0.9, 0.7, 1).moved(0.2).share()).isEqualTo(1);
  }

  @Test
  void withoutAuditsTheCalibrationIsAllThereIs() {
    Trust trust = Trust.of(List.of(Records.news(NOW, 0, 30, 0, 0)), FRONTIER, 1);

    assertThat(trust.answers()).isEmpty();
    assertThat(trust.accuracy().share()).isCloseTo(0.7, within(1e-9));
    // Wilson's interval of 0.7 of 14.
    assertThat(trust.accuracy().low()).isCloseTo(0.440, within(1e-3));
    assertThat(trust.accuracy().high()).isCloseTo(0.874, within(1e-3));
  }

  @Property
  void theIntervalHoldsTheShareAndFewerClipsSayLess(
      @ForAll @IntRange(min = 1, max = 1_000) int clips,
      @ForAll @DoubleRange(min = 0, max = 2) double position) {
    Trust.Share few = Trust.of(List.of(), new Frontier(POINTS, clips, 0), position).accuracy();
    Trust.Share many = Trust.of(List.of(), new Frontier(POINTS, 2 * clips, 0), position).accuracy();

    assertThat(few.share()).isBetween(few.low(), few.high());
    assertThat(many.high() - many.low()).isLessThan(few.high() - few.low());
  }
}
