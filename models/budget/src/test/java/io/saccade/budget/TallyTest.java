package io.saccade.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final long MILLIS = 1_000_000;
  private static final long NOW = 1_760_000_000_000L * MILLIS;
  private static final long FAR_MILLIS = 100L * 365 * 24 * 3600 * 1000;

  private final Tally tally = new Tally();

  @Test
  void countsWhatHappenedSinceTheLastTick() {
    arrives(-100);
    arrives(-40);
    assertThat(tally.meanAgeNanos()).isEqualTo(70.0 * MILLIS);
    tally.decoded(1_000);
    tally.glanced(2_000);
    tally.focused(3_000);
    tally.focused(4_000);
    tally.spent(20_000);
    tally.busy(30_000);

    assertThat(tally.take(NOW))
        .isEqualTo(
            new Observation(
                NOW, 2, 60 * MILLIS, 40 * MILLIS, 1, 1_000, 1, 2_000, 2, 7_000, 20_000, 30_000));
    assertThat(tally.take(NOW)).isEqualTo(Observation.silence(NOW));
    assertThat(tally.meanAgeNanos()).isZero();
  }

  @Test
  void theNewestCaptureTimeGoesOnFromTickToTick() {
    arrives(-100);
    assertThat(tally.take(NOW).captureSpanNanos()).isZero();
    arrives(-70);
    arrives(-90);
    assertThat(tally.take(NOW).captureSpanNanos()).isEqualTo(30 * MILLIS);
  }

  @Test
  void aCameraWhoseClockIsAheadDoesNotHideThatFramesWait() {
    arrives(60_000);
    arrives(-500);
    assertThat(tally.take(NOW).minimumAgeNanos()).isEqualTo(500 * MILLIS);
  }

  @Test
  void framesFromTheFutureAloneSayThatNothingWaits() {
    arrives(60_000);
    Observation seen = tally.take(NOW);
    assertThat(seen.minimumAgeNanos()).isZero();
    assertThat(seen.captureSpanNanos()).isZero();
  }

  @Test
  void aLittleAheadIsNow() {
    arrives(20);
    assertThat(tally.take(NOW).minimumAgeNanos()).isZero();
    arrives(30);
    // Neither of them was captured later than now.
    assertThat(tally.take(NOW).captureSpanNanos()).isZero();
  }

  @Test
  void clocksThatGoBackCountAsNothing() {
    tally.spent(-5);
    tally.busy(-5);
    assertThat(tally.take(NOW)).isEqualTo(Observation.silence(NOW));
  }

  @Property(tries = 1_000, seed = "1")
  void anyCaptureTimesMakeAnObservation(
      @ForAll List<@LongRange(min = -FAR_MILLIS, max = FAR_MILLIS) Long> fromNowMillis) {
    Tally any = new Tally();
    fromNowMillis.forEach(millis -> any.arrives(NOW, NOW + millis * MILLIS));
    // The record refuses what is out of range.
    assertThat(any.take(NOW).arrivals()).isEqualTo(fromNowMillis.size());
  }

  private void arrives(long fromNowMillis) {
    tally.arrives(NOW, NOW + fromNowMillis * MILLIS);
  }
}
