package io.saccade.simulate.subtask;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.budget.Observation;
import org.junit.jupiter.api.Test;

/** The same cases as the job's operator has to tell apart. */
class TallyTest {
  private static final long NOW = Core.EPOCH_NANOS;
  private static final long MILLIS = 1_000_000;

  private final Tally tally = new Tally();

  @Test
  void silenceHasNoAge() {
    assertThat(tally.take(NOW)).isEqualTo(Observation.silence(NOW));
  }

  @Test
  void theLeastAgeAndTheAdvanceOfTheNewestCaptureTimeCount() {
    tally.arrives(NOW, NOW - 90 * MILLIS);
    tally.arrives(NOW, NOW - 30 * MILLIS);
    tally.arrives(NOW, NOW - 60 * MILLIS);
    Observation seen = tally.take(NOW);
    assertThat(seen.arrivals()).isEqualTo(3);
    assertThat(seen.minimumAgeNanos()).isEqualTo(30 * MILLIS);
    assertThat(seen.captureSpanNanos()).isEqualTo(60 * MILLIS);
    tally.arrives(NOW, NOW - 10 * MILLIS);
    assertThat(tally.take(NOW).captureSpanNanos()).isEqualTo(20 * MILLIS);
  }

  @Test
  void aFrameFromTheFutureSaysNothingAboutWaiting() {
    tally.arrives(NOW, NOW + 600_000 * MILLIS);
    Observation alone = tally.take(NOW);
    assertThat(alone.minimumAgeNanos()).isZero();
    assertThat(alone.captureSpanNanos()).isZero();
    tally.arrives(NOW, NOW - 40 * MILLIS);
    tally.arrives(NOW, NOW + 600_000 * MILLIS);
    assertThat(tally.take(NOW).minimumAgeNanos()).isEqualTo(40 * MILLIS);
  }

  @Test
  void aLittleAheadIsNow() {
    tally.arrives(NOW, NOW + 20 * MILLIS);
    assertThat(tally.take(NOW).minimumAgeNanos()).isZero();
  }

  @Test
  void countingStartsAnewAtEachTick() {
    tally.arrives(NOW, NOW);
    tally.decoded(1);
    tally.glanced(2);
    tally.focused(3);
    tally.spent(6, 7);
    assertThat(tally.take(NOW)).isEqualTo(new Observation(NOW, 1, 0, 0, 1, 1, 1, 2, 1, 3, 6, 7));
    assertThat(tally.take(NOW)).isEqualTo(Observation.silence(NOW));
  }
}
