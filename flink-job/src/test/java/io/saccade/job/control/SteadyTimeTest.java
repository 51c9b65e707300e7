package io.saccade.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteadyTimeTest {
  private static final long EPOCH = 1_760_000_000_000_000_000L;
  private static final long TICK = 100_000_000;

  private final SteadyTime time = new SteadyTime(EPOCH, 7);

  @Test
  void goesWithTheWallClock() {
    assertThat(time.now(EPOCH + TICK, 7 + TICK)).isEqualTo(EPOCH + TICK);
  }

  @Test
  void aClockThatIsSetALittleIsFollowedSlowly() {
    long jump = 300_000_000;
    long now = time.now(EPOCH + TICK + jump, 7 + TICK);
    assertThat(now).isEqualTo(EPOCH + TICK + TICK / 100);
    for (int tick = 2; tick <= 400; tick++) {
      long before = now;
      now = time.now(EPOCH + tick * TICK + jump, 7 + tick * TICK);
      assertThat(now - before).isBetween(TICK, TICK + TICK / 100);
    }
    assertThat(now).isEqualTo(EPOCH + 400 * TICK + jump);
  }

  @Test
  void aClockThatIsSetBackALittleNeverGoesBack() {
    long now = time.now(EPOCH - 300_000_000 + TICK, 7 + TICK);
    assertThat(now).isEqualTo(EPOCH + TICK - TICK / 100);
  }

  @Test
  void aClockThatWasWrongByFarIsFollowedAtOnce() {
    long hour = 3_600_000_000_000L;
    assertThat(time.now(EPOCH + hour, 7 + TICK)).isEqualTo(EPOCH + hour);
    assertThat(time.now(EPOCH + TICK, 7 + 2 * TICK)).isEqualTo(EPOCH + TICK);
  }
}
