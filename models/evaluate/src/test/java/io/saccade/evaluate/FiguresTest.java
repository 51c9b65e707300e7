package io.saccade.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void theFirstLookThatReachesItsThresholdIsTheLast() {
    Sighting sighting = Sightings.of("a", 1, new int[] {0, 1, 1}, 0.5f, 0.7f, 0.6f);

    assertThat(sighting.looksTaken(new float[] {0.5f, 0})).isEqualTo(1);
    assertThat(sighting.looksTaken(new float[] {Math.nextUp(0.5f), 0.7f})).isEqualTo(2);
    assertThat(sighting.looksTaken(new float[] {2, 2})).isEqualTo(3);
    assertThat(sighting.isRight(1)).isFalse();
    assertThat(sighting.isRight(2)).isTrue();
    assertThat(sighting.cpuNanos(2)).isEqualTo(4_000_000);
    assertThat(sighting.lookNanos(3)).isEqualTo(6_000_000);
  }

  @Test
  void anIntervalIsOverClipsNotFrames() {
    List<Sighting> few = new ArrayList<>();
    List<Sighting> many = new ArrayList<>();
    for (int frame = 0; frame < 400; frame++) {
      boolean right = frame % 2 == 0;
      few.add(Sightings.one("clip-" + frame % 4, right, 0.5f));
      many.add(Sightings.one("clip-" + frame, right, 0.5f));
    }

    Report.Estimate ofFour = new Clips(few).estimate(s -> s.isRight(1) ? 1 : 0, 0);
    Report.Estimate ofAll = new Clips(many).estimate(s -> s.isRight(1) ? 1 : 0, 0);

    assertThat(ofFour.mean()).isEqualTo(0.5);
    // Two of four clips are all right: drawing four gives none or all of those in 2 x 6 %.
    assertThat(ofFour.low()).isEqualTo(0);
    assertThat(ofFour.high()).isEqualTo(1);
    // 0.5 -+ 1.645 x 0.5 / sqrt(400)
    assertThat(ofAll.low()).isCloseTo(0.459, within(0.01));
    assertThat(ofAll.high()).isCloseTo(0.541, within(0.01));
  }

  @Test
  void whatIsTheSameInEveryClipIsCertain() {
    List<Sighting> sightings = new ArrayList<>();
    for (int frame = 0; frame < 60; frame++) {
      sightings.add(Sightings.one("clip-" + frame % 6, true, 0.5f));
    }

    assertThat(new Clips(sightings).estimate(Sighting::decodeNanos, 0))
        .isEqualTo(new Report.Estimate(1e6, 1e6, 1e6));
  }

  @Test
  void oneClipSaysNothingOfOthers() {
    List<Sighting> sightings =
        List.of(Sightings.one("only", true, 0.5f), Sightings.one("only", false, 0.5f));
    Clips clips = new Clips(sightings);

    assertThat(clips.estimate(s -> s.isRight(1) ? 1 : 0, 0))
        .isEqualTo(new Report.Estimate(0.5, 0, 1));
    assertThat(clips.estimate(s -> 0, -1)).isEqualTo(new Report.Estimate(0, -1, 1));
  }

  @Test
  void calibrationErrorIsTheMeanDistanceOfConfidenceAndAccuracy() {
    List<Sighting> sightings =
        List.of(
            Sightings.one("a", true, 0.95f),
            Sightings.one("b", false, 0.95f),
            Sightings.one("c", true, 0.55f),
            Sightings.one("d", false, 0.55f));

    // Twice |0.95 - 0.5| and twice |0.55 - 0.5|.
    assertThat(CalibrationError.of(sightings, 1)).isCloseTo(0.25, within(1e-6));
  }

  @Property(tries = 200)
  void calibrationErrorIsNeverAboveTheConfidenceGapNorBelowTheMeanOne(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 1) Double> confidences,
      @ForAll @IntRange(min = 1, max = 5) int everyNthIsRight) {
    List<Sighting> sightings = new ArrayList<>();
    double gap = 0;
    double surplus = 0;
    for (int i = 0; i < confidences.size(); i++) {
      boolean right = i % everyNthIsRight == 0;
      float confidence = confidences.get(i).floatValue();
      sightings.add(Sightings.one("a", right, confidence));
      gap += Math.abs(confidence - (right ? 1 : 0));
      surplus += confidence - (right ? 1 : 0);
    }

    assertThat(CalibrationError.of(sightings, 1))
        .isBetween(Math.abs(surplus) / confidences.size() - 1e-6, gap / confidences.size() + 1e-6);
  }
}
