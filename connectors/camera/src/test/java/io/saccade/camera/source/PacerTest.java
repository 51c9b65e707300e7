package io.saccade.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class PacerTest {

  private static List<Double> taken(Pacer pacer, double fps, double jitter, int frames, long seed) {
    Random random = new Random(seed);
    List<Double> taken = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      double millis = (i + jitter * (random.nextDouble() - 0.5)) * 1000 / fps;
      if (pacer.takes(millis)) {
        taken.add(millis);
      }
    }
    return taken;
  }

  @Property
  void meetsTheWantedRateOfAnyFasterStream(
      @ForAll @DoubleRange(min = 1, max = 30) double wanted,
      @ForAll @DoubleRange(min = 1, max = 4) double faster) {
    double fps = wanted * faster;
    List<Double> taken = taken(new Pacer(wanted), fps, 0, 1000, 1);

    assertThat((double) taken.size()).isCloseTo(1000 / faster, within(3.0));
  }

  @Property
  void losesNoneOfAStreamThatHasTheRateAlready(
      @ForAll @DoubleRange(min = 1, max = 60) double fps,
      @ForAll @DoubleRange(min = 0, max = 0.35) double jitter,
      @ForAll long seed) {
    assertThat(taken(new Pacer(fps), fps, jitter, 500, seed)).hasSize(500);
  }

  @Property
  void spacesEvenly(@ForAll @IntRange(min = 2, max = 30) int wanted) {
    List<Double> taken = taken(new Pacer(wanted), 60, 0, 600, 1);

    for (int i = 2; i < taken.size(); i++) {
      // Within a frame of the stream on either side.
      assertThat(taken.get(i) - taken.get(i - 1))
          .isCloseTo(1000.0 / wanted, within(1000.0 / 60 + 0.001));
    }
  }

  @Example
  void doesNotMakeUpForAPause() {
    Pacer pacer = new Pacer(10);
    assertThat(pacer.takes(0)).isTrue();
    assertThat(pacer.takes(10_000)).isTrue();
    assertThat(pacer.takes(10_010)).isFalse();
    assertThat(pacer.takes(10_100)).isTrue();
  }

  @Example
  void goesOnAfterAJumpBack() {
    Pacer pacer = new Pacer(10);
    assertThat(pacer.takes(1_000_000)).isTrue();
    assertThat(pacer.takes(5)).isTrue();
    assertThat(pacer.takes(20)).isFalse();
    assertThat(pacer.takes(105)).isTrue();
  }
}
