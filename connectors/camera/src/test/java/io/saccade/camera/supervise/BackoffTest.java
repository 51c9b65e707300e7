package io.saccade.camera.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffTest {
  private static final long NEVER = Long.MAX_VALUE;

  @Property
  void staysWithinHalfASecondAndHalfAMinute(
      @ForAll @IntRange(min = 1) int failures,
      @ForAll @DoubleRange(min = 0, max = 0.99) double random) {
    assertThat(Backoff.millis(failures, NEVER, random)).isBetween(500L, 30_000L);
  }

  @Property
  void triesACameraThatWasLiveLatelyOften(
      @ForAll @IntRange(min = 1) int failures,
      @ForAll @DoubleRange(min = 0, max = 0.99) double random,
      @ForAll @LongRange(min = 0, max = Backoff.MISSED_MILLIS - 1) long since) {
    assertThat(Backoff.millis(failures, since, random)).isBetween(500L, 1_500L);
  }

  @Property
  void asksACameraThatDoesNotAnswerOftenHoweverLongItIsAway(
      @ForAll @DoubleRange(min = 0, max = 0.99) double random) {
    assertThat(Backoff.unanswered(random)).isBetween(500L, 1_500L);
  }

  @Property
  void neverWaitsLessAfterMoreFailures(
      @ForAll @IntRange(min = 1, max = 1000) int failures,
      @ForAll @DoubleRange(min = 0, max = 0.99) double random) {
    assertThat(Backoff.millis(failures + 1, NEVER, random))
        .isGreaterThanOrEqualTo(Backoff.millis(failures, NEVER, random));
  }

  @Example
  void doublesUntilItsBound() {
    double almostOne = 0.999999;
    assertThat(Backoff.millis(1, NEVER, almostOne)).isBetween(999L, 1_000L);
    assertThat(Backoff.millis(3, NEVER, almostOne)).isBetween(3_999L, 4_000L);
    assertThat(Backoff.millis(9, NEVER, almostOne)).isBetween(29_999L, 30_000L);
  }
}
