package io.saccade.camera.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BeatTest {
  private static int told(Beat beat, int time) {
    return beat.after(time).orElseThrow();
  }

  @Property
  void tellsTheTimesOfAStreamThatKeepsItsRateAlsoWhereTheyWrap(
      @ForAll int start, @ForAll @IntRange(min = 1, max = 90_000) int step) {
    Beat beat = new Beat();
    assertThat(beat.after(start)).isEmpty();
    for (int i = 1; i < 100; i++) {
      assertThat(told(beat, start + i * step)).isEqualTo(start + (i + 1) * step);
    }
  }

  @Property
  void whatItTellsAlwaysGrows(
      @ForAll int start,
      @ForAll @Size(min = 2, max = 60) List<@IntRange(min = 1, max = 900_000) Integer> steps) {
    Beat beat = new Beat();
    int time = start;
    int before = time;
    beat.after(time);
    for (int step : steps) {
      time += step;
      int next = told(beat, time);
      assertThat(next - before).isPositive();
      before = next;
    }
  }

  @Example
  void expectsTheNextOneSoonAfterAGap() {
    Beat beat = new Beat();
    IntStream.rangeClosed(0, 5).forEach(i -> beat.after(9_000 * i));

    assertThat(told(beat, 9_000 * 8)).isEqualTo(9_000 * 9);
  }

  @Example
  void forgetsAnOldRate() {
    Beat beat = new Beat();
    IntStream.rangeClosed(0, 5).forEach(i -> beat.after(3_000 * i));
    int last = 0;
    for (int i = 1; i <= Beat.REMEMBERED; i++) {
      last = told(beat, 15_000 + 9_000 * i);
    }

    assertThat(last).isEqualTo(15_000 + 9_000 * (Beat.REMEMBERED + 1));
  }

  @Example
  void isSilentForGoodWhereTimesGoBackOrStandStill() {
    for (int second : new int[] {9_000, 8_999, 0}) {
      Beat beat = new Beat();
      beat.after(9_000);
      assertThat(beat.after(second)).isEqualTo(OptionalInt.empty());
      assertThat(beat.after(18_000)).isEmpty();
      assertThat(beat.after(27_000)).isEmpty();
    }
  }

  @Example
  void beginsAnewAfterAJump() {
    for (int jump : new int[] {5_000_000, -5_000_000}) {
      Beat beat = new Beat();
      beat.after(0);
      beat.after(9_000);
      assertThat(beat.after(jump)).isEmpty();
      assertThat(told(beat, jump + 9_000) - (jump + 9_000)).isBetween(1, 9_000);
    }
  }
}
