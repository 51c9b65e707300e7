package io.saccade.camera.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.camera.ClockCorrection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class StreamClockTest {
  private static final long WALL = 1_700_000_000_000L;
  private static final long WRAP = 1L << 32;

  private final List<ClockCorrection> corrections = new ArrayList<>();

  private long at(StreamClock clock, long stream, long arrival) {
    StreamClock.Capture capture = clock.at(stream, arrival);
    if (capture.correction() != null) {
      corrections.add(capture.correction());
    }
    return capture.millis();
  }

  @Property
  void isNeverInTheFutureWhateverTheStreamSays(
      @ForAll @Size(max = 200) List<@LongRange(min = 0, max = WRAP - 1) Long> streams,
      @ForAll @IntRange(max = 3000) int step) {
    StreamClock clock = new StreamClock();
    long arrival = WALL;
    long last = Long.MIN_VALUE;
    for (long stream : streams) {
      arrival += step;
      long captured = clock.at(stream, arrival).millis();
      assertThat(captured).isBetween(last, arrival);
      last = captured;
    }
  }

  /** After the first seconds a capture is off by less than the network ever was quick. */
  @Property(tries = 100)
  void takesTheJitterOfTheNetworkOut(@ForAll @IntRange(max = 800) int jitter, @ForAll long seed) {
    StreamClock clock = new StreamClock();
    Random random = new Random(seed);
    long least = Long.MAX_VALUE;
    long arrival = 0;
    for (int i = 0; i < 200; i++) {
      long delay = random.nextInt(jitter + 1);
      least = Math.min(least, delay);
      arrival = Math.max(arrival, WALL + i * 100L + delay);
      long captured = at(clock, i * 100L, arrival);
      if (i > 20) {
        assertThat(captured).isBetween(WALL + i * 100L, WALL + i * 100L + jitter);
        assertThat(captured).isCloseTo(WALL + i * 100L + least, within((long) jitter));
      }
    }
    assertThat(corrections).isEmpty();
  }

  @Property(tries = 50)
  void followsSlowDrift(@ForAll @IntRange(min = -300, max = 300) int partsPerMillion) {
    StreamClock clock = new StreamClock();
    for (long i = 0; i < 36_000; i++) {
      long arrival = WALL + i * 100 + 20;
      long stream = (long) (i * 100 * (1 + partsPerMillion / 1e6));
      assertThat(at(clock, stream, arrival)).isCloseTo(arrival, within(30L));
    }
    assertThat(corrections).isEmpty();
  }

  @Example
  void goesOnAcrossAWrap() {
    StreamClock clock = new StreamClock();
    for (long i = 0; i < 100; i++) {
      long stream = (WRAP - 5_000 + i * 100) % WRAP;
      assertThat(at(clock, stream, WALL + i * 100)).isEqualTo(WALL + i * 100);
    }
    assertThat(corrections).containsExactly(ClockCorrection.WRAP);
  }

  @Example
  void beginsAnewAfterAJumpBack() {
    StreamClock clock = new StreamClock();
    at(clock, 60_000, WALL);
    at(clock, 60_100, WALL + 100);

    assertThat(at(clock, 0, WALL + 200)).isEqualTo(WALL + 200);
    assertThat(at(clock, 100, WALL + 350)).isEqualTo(WALL + 300);
    assertThat(corrections).containsExactly(ClockCorrection.BACK);
  }

  @Example
  void beginsAnewAfterAJumpAhead() {
    StreamClock clock = new StreamClock();
    at(clock, 0, WALL);

    assertThat(at(clock, 3_600_000, WALL + 100)).isEqualTo(WALL + 100);
    assertThat(at(clock, 3_600_100, WALL + 230)).isEqualTo(WALL + 200);
    assertThat(corrections).containsExactly(ClockCorrection.AHEAD);
  }

  @Example
  void beginsAnewWhenTheStreamStandsStill() {
    StreamClock clock = new StreamClock();
    for (long i = 0; i <= 60; i++) {
      long captured = at(clock, i, WALL + i * 100);
      assertThat(WALL + i * 100 - captured).isLessThanOrEqualTo(StreamClock.BOUND_MILLIS);
    }
    assertThat(corrections).containsExactly(ClockCorrection.DRIFT);
  }

  @Example
  void takesArrivalTimeWhileTheStreamJumpsAgainAndAgain() {
    StreamClock clock = new StreamClock();
    long now = WALL;
    for (int i = 0; i < 20; i++, now += 100) {
      at(clock, i % 2 == 0 ? 500_000 : 0, now);
    }
    assertThat(corrections).contains(ClockCorrection.DISTRUSTED);

    assertThat(at(clock, 0, now)).isEqualTo(now);
    // A minute of good behaviour, and it is believed again: the late picture is not taken for new.
    for (long i = 1; i <= 700; i++) {
      at(clock, i * 100, now + i * 100);
    }
    assertThat(at(clock, 70_100, now + 70_350)).isEqualTo(now + 70_100);
  }
}
