package io.saccade.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TimetableTest {
  private static final double SECOND = 1e9;

  @Property
  void doesNotDriftInAMonth(
      @ForAll @IntRange(min = 1, max = 200) int cameras,
      @ForAll @DoubleRange(min = 0.1, max = 120) double framesPerSecond,
      @ForAll @DoubleRange(min = 0, max = 31 * 86_400) double seconds) {
    Timetable timetable = new Timetable(cameras, framesPerSecond);
    long turn = (long) (seconds * framesPerSecond * cameras);

    double exact = turn * SECOND / (framesPerSecond * cameras);

    assertThat((double) timetable.dueNanos(turn)).isCloseTo(exact, within(1e-12 * exact + 1));
  }

  @Property
  void givesEveryCameraItsTurnInEachRound(
      @ForAll @IntRange(min = 1, max = 200) int cameras,
      @ForAll @LongRange(min = 0, max = 1_000_000) long turn) {
    Timetable timetable = new Timetable(cameras, 15);

    assertThat(timetable.camera(turn + cameras)).isEqualTo(timetable.camera(turn));
    assertThat(timetable.sequence(turn + cameras)).isEqualTo(timetable.sequence(turn) + 1);
    assertThat(timetable.sequence(turn) * cameras + timetable.camera(turn)).isEqualTo(turn);
  }

  @Property
  void leavesOutJustSoManyRoundsThatTheNextTurnIsLessThanARoundLate(
      @ForAll @IntRange(min = 1, max = 100) int cameras,
      @ForAll @DoubleRange(min = 0.1, max = 120) double framesPerSecond,
      @ForAll @LongRange(min = 0, max = 1_000_000) long turn,
      @ForAll @LongRange(min = 0, max = 3_600_000_000_000L) long elapsedNanos) {
    Timetable timetable = new Timetable(cameras, framesPerSecond);

    long missed = timetable.roundsMissed(turn, elapsedNanos);

    long next = turn + missed * cameras;
    double round = SECOND / framesPerSecond;
    // A nanosecond or two are lost in rounding.
    assertThat(elapsedNanos - timetable.dueNanos(next)).isLessThan((long) round + 2);
    if (missed > 0) {
      assertThat(timetable.dueNanos(next)).isLessThanOrEqualTo(elapsedNanos + 2);
    }
  }

  @Example
  void leavesNothingOutWhenLessThanAFrameLate() {
    Timetable timetable = new Timetable(10, 10);

    assertThat(timetable.roundsMissed(20, timetable.dueNanos(20) + 99_000_000)).isZero();
    assertThat(timetable.roundsMissed(20, timetable.dueNanos(20) + 101_000_000)).isEqualTo(1);
  }

  @Example
  void refusesWhatIsNoRate() {
    assertThatThrownBy(() -> new Timetable(1, Double.NaN))
        .hasMessage("framesPerSecond must be above 0 and at most 1000, but was NaN");
    assertThatThrownBy(() -> new Timetable(0, 15))
        .hasMessage("cameras must be at least 1, but was 0");
  }
}
