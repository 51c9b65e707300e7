package io.saccade.job.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SmoothingTest {
  private final Smoothing smoothing = Smoothing.fresh(500, 2);

  @Test
  void isNothingBeforeTheFirstFrame() {
    assertThat(smoothing.share(0)).isZero();
  }

  @Test
  void isTheFirstFrameAfterIt() {
    smoothing.add(new float[] {0.3f, 0.7f}, 0.7f, 1_000);
    assertThat(smoothing.share(1)).isCloseTo(0.7, within(1e-6));
  }

  @Test
  void afterTheTimeConstantAFrameCountsAThirdAsMuch() {
    smoothing.add(new float[] {1, 0}, 1, 1_000);
    smoothing.add(new float[] {0, 1}, 1, 1_500);
    double decay = Math.exp(-1);
    assertThat(smoothing.share(0)).isCloseTo(decay / (1 + decay), within(1e-6));
  }

  @Test
  void anUnsureFrameCountsLess() {
    smoothing.add(new float[] {0.9f, 0.1f}, 0.9f, 1_000);
    smoothing.add(new float[] {0.45f, 0.55f}, 0.55f, 1_000);
    assertThat(smoothing.share(0)).isCloseTo((0.81 + 0.55 * 0.45) / 1.45, within(1e-6));
  }

  @Test
  void aTimeFromTheFutureDoesNotStopTheForgetting() {
    smoothing.add(new float[] {1, 0}, 1, Long.MAX_VALUE);
    smoothing.add(new float[] {0, 1}, 1, 1_000);
    for (int frame = 1; frame < 20; frame++) {
      smoothing.add(new float[] {0, 1}, 1, 1_000 + frame * 500L);
    }
    assertThat(smoothing.share(0)).isLessThan(1e-3);
  }
}
