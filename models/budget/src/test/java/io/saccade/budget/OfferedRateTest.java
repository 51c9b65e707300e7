package io.saccade.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OfferedRateTest {
  private static final long FRESH = 20_000_000;

  private final OfferedRate offered = new OfferedRate(0);
  private final double[] memory = new double[OfferedRate.SLOTS];
  private long now = Histories.START_NANOS;
  private long stall;

  @Test
  void countsFramesPerSecondOfCaptureTime() {
    assertThat(repeat(50, 9, 100, FRESH)).isCloseTo(90, within(2.0));
  }

  @Test
  void seesTheTrueRateWhenOnlyPartOfItIsServed() {
    repeat(50, 9, 100, FRESH);
    // Of 600 frames a second 130 are served: the capture times advance more slowly than the clock.
    long age = FRESH;
    double rate = 0;
    for (int tick = 0; tick < 3; tick++) {
      age += 78_000_000;
      rate = tick(13, 22, age);
    }
    assertThat(rate).isGreaterThan(350);
  }

  @Test
  void fallsAsQuicklyAsItRises() {
    repeat(50, 60, 100, FRESH);
    assertThat(repeat(4, 6, 100, FRESH)).isCloseTo(60, within(15.0));
  }

  @Test
  void decaysInSilence() {
    repeat(50, 9, 100, FRESH);
    double before = 90;
    for (int second = 1; second < 20; second++) {
      double rate = repeat(10, 0, 0, 0);
      assertThat(rate).isLessThan(before);
      before = rate;
    }
    assertThat(before).isLessThan(0.1);
  }

  @Test
  void isZeroBeforeTheFirstFrame() {
    assertThat(repeat(100, 0, 0, 0)).isZero();
  }

  @Test
  void knowsOneFrameInFiveSeconds() {
    for (int frame = 0; frame < 10; frame++) {
      repeat(49, 0, 0, 0);
      assertThat(tick(1, frame == 0 ? 0 : 5_000, FRESH)).isLessThan(10);
    }
    assertThat(repeat(30, 0, 0, 0)).isCloseTo(0.33, within(0.1));
  }

  @Test
  void aTimestampFromTheFutureIsForgottenAtOnce() {
    repeat(50, 9, 100, FRESH);
    assertThat(tick(9, 3_600_000, 0)).isCloseTo(90, within(15.0));
    // The newest capture time stands still for an hour now.
    assertThat(repeat(100, 9, 0, FRESH)).isCloseTo(90, within(10.0));
  }

  @Test
  void duplicatesAndStragglersCountAsTheWorkTheyAre() {
    repeat(50, 9, 100, FRESH);
    assertThat(repeat(50, 18, 100, FRESH)).isCloseTo(180, within(5.0));
  }

  @Test
  void aClockSetBackMisleadsForATickOnly() {
    repeat(50, 9, 100, FRESH);
    now -= 3_600_000_000_000L;
    repeat(3, 9, 100, FRESH);
    assertThat(tick(9, 100, FRESH)).isCloseTo(90, within(20.0));
  }

  @Test
  void aClockSetForthMisleadsForATickOnly() {
    repeat(50, 9, 100, FRESH);
    now += 3_600_000_000_000L;
    repeat(3, 9, 100, FRESH);
    assertThat(tick(9, 100, FRESH)).isCloseTo(90, within(20.0));
  }

  @Test
  void batchesAreNoFloods() {
    double most = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int batch = 0; batch < 60; batch++) {
      // 27 frames every 300 ms, worked off over two ticks.
      double rate = tick(20, batch == 0 ? 0 : 300, FRESH);
      tick(7, 0, 100_000_000);
      tick(0, 0, 0);
      if (batch > 10) {
        most = Math.max(most, rate);
        least = Math.min(least, rate);
      }
    }
    assertThat(most).isLessThan(110);
    assertThat(least).isGreaterThan(75);
  }

  @Test
  void whatWaitedDuringABreakIsNoFlood() {
    repeat(50, 9, 100, FRESH);
    repeat(100, 0, 0, 0);
    // One partition after the other: the first carries the whole break, the others no time at all.
    assertThat(tick(230, 9_300, 700_000_000, 5)).isLessThan(60);
    assertThat(tick(550, 790, 10_000_000, 12)).isLessThan(150);
    assertThat(repeat(10, 9, 100, FRESH)).isCloseTo(90, within(30.0));
  }

  @Test
  void aStallDoesNotMakeItForgetTheRate() {
    repeat(50, 9, 100, FRESH);
    stall = 1_500_000_000;
    // Most of what waited is shed.
    assertThat(tick(100, 1_500, 700_000_000, 4)).isCloseTo(90, within(10.0));
    assertThat(tick(60, 200, 600_000_000, 12)).isCloseTo(90, within(10.0));
    assertThat(repeat(20, 9, 100, FRESH)).isCloseTo(90, within(15.0));
  }

  @Test
  void stallAfterStallDoesNotFreezeTheRate() {
    repeat(50, 9, 100, FRESH);
    double rate = 0;
    for (int stall = 0; stall < 5; stall++) {
      stall = 1_500_000_000;
      rate = tick(320, 1_600, FRESH);
    }
    assertThat(rate).isGreaterThan(150);
  }

  @Test
  void aFloodAfterSilenceIsSeenAtOnce() {
    repeat(50, 9, 100, FRESH);
    repeat(100, 0, 0, 0);
    tick(20, 10_000, FRESH);
    assertThat(repeat(2, 30, 100, FRESH)).isGreaterThan(250);
  }

  private double repeat(int ticks, long arrivals, long spanMillis, long ageNanos) {
    double rate = 0;
    for (int tick = 0; tick < ticks; tick++) {
      rate = tick(arrivals, spanMillis, ageNanos);
    }
    return rate;
  }

  private double tick(long arrivals, long spanMillis, long ageNanos) {
    return tick(arrivals, spanMillis, ageNanos, arrivals);
  }

  private double tick(long arrivals, long spanMillis, long ageNanos, long decodes) {
    long before = now;
    double seconds = (Histories.TICK_NANOS + stall) / 1e9;
    now += Histories.TICK_NANOS + stall;
    stall = 0;
    Observation seen =
        arrivals == 0
            ? Observation.silence(now)
            : new Observation(
                now, arrivals, spanMillis * 1_000_000, ageNanos, decodes, 0, 0, 0, 0, 0, 0, 0);
    return offered.observe(memory, seen, (double) before, seconds, 1).steady();
  }
}
