package io.saccade.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.budget.Observation;
import io.saccade.gfnet.Sight.Look;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final long NOW_MILLIS = 1_760_000_000_000L;

  private final Tally tally = new Tally(5_000);

  @Test
  void countsWhatHappenedSinceTheLastTick() {
    tally.arrives(moment(-100));
    tally.arrives(moment(-40));
    tally.looked(1_000, List.of(look(2_000), look(3_000), look(4_000)));
    tally.busy(20_000);

    assertThat(tally.take(NOW_MILLIS * 1_000_000, 25_000))
        .isEqualTo(
            new Observation(
                NOW_MILLIS * 1_000_000,
                2,
                60_000_000,
                40_000_000,
                1,
                1_000,
                1,
                2_000,
                2,
                7_000,
                20_000,
                20_000));
    assertThat(tally.take(NOW_MILLIS * 1_000_000, 25_000))
        .isEqualTo(Observation.silence(NOW_MILLIS * 1_000_000));
  }

  @Test
  void theNewestCaptureTimeGoesOnFromTickToTick() {
    tally.arrives(moment(-100));
    assertThat(tally.take(0, 0).captureSpanNanos()).isZero();
    tally.arrives(moment(-70));
    tally.arrives(moment(-90));
    assertThat(tally.take(0, 0).captureSpanNanos()).isEqualTo(30_000_000);
  }

  @Test
  void aCameraWhoseClockIsAheadDoesNotHideThatFramesWait() {
    tally.arrives(moment(60_000));
    tally.arrives(moment(-500));
    assertThat(tally.take(0, 0).minimumAgeNanos()).isEqualTo(500_000_000);
  }

  @Test
  void framesFromTheFutureAloneSayThatNothingWaits() {
    tally.arrives(moment(60_000));
    assertThat(tally.take(0, 0).minimumAgeNanos()).isZero();
  }

  @Property(tries = 1_000, seed = "1")
  void anyCaptureTimesMakeAnObservation(@ForAll List<Long> captured) {
    Tally any = new Tally(0);
    captured.forEach(millis -> any.arrives(new Moment(NOW_MILLIS * 1_000_000, millis)));
    // The record refuses what is out of range.
    assertThat(any.take(NOW_MILLIS * 1_000_000, 1).arrivals()).isEqualTo(captured.size());
  }

  @Property(tries = 1_000, seed = "2")
  void anyCaptureTimeHasAnAge(@ForAll long capturedMillis) {
    Moment moment = new Moment(NOW_MILLIS * 1_000_000, capturedMillis);
    assertThat(Math.abs(moment.ageMillis())).isLessThanOrEqualTo(Moment.FAR_MILLIS + 1);
    assertThat(moment.ageNanos() > 0).isEqualTo(capturedMillis < NOW_MILLIS);
    assertThat(moment.plausibleMillis()).isBetween(0L, NOW_MILLIS);
  }

  private static Moment moment(long fromNowMillis) {
    return new Moment(NOW_MILLIS * 1_000_000, NOW_MILLIS + fromNowMillis);
  }

  private static Look look(long cpuNanos) {
    return new Look(0, 0, 1, 1, 0.5f, 0, cpuNanos);
  }
}
