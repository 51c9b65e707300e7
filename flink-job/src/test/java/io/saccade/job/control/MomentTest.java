package io.saccade.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MomentTest {
  private static final long NOW_MILLIS = 1_760_000_000_000L;

  @Property(tries = 1_000, seed = "2")
  void anyCaptureTimeHasAnAge(@ForAll long capturedMillis) {
    Moment moment = new Moment(NOW_MILLIS * 1_000_000, capturedMillis);
    assertThat(Math.abs(moment.ageMillis())).isLessThanOrEqualTo(Moment.FAR_MILLIS + 1);
    assertThat(moment.ageNanos() > 0).isEqualTo(capturedMillis < NOW_MILLIS);
    assertThat(moment.nowNanos() - moment.capturedNanos()).isEqualTo(moment.ageNanos());
    assertThat(moment.plausibleMillis()).isBetween(0L, NOW_MILLIS);
  }
}
