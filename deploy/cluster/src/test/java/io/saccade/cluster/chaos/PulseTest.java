package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PulseTest {
  private final Pulse pulse = new Pulse(2);

  private void beat(int partition, long capturedMillis, long nowMillis) {
    pulse.beat(Labelled.classified("camera-0", 0, partition, 0, capturedMillis), nowMillis);
  }

  @Test
  void isBackWhenTheSlowestPartitionIs() {
    pulse.disturbed(10_000);
    beat(0, 10_100, 10_200);
    beat(1, 9_900, 12_000); // Captured before the fault.
    assertThat(pulse.secondsToFresh()).isEmpty();
    assertThat(pulse.freshSince(10_000)).isFalse();

    beat(1, 12_900, 13_000);

    assertThat(pulse.secondsToFresh()).hasValue(3.0);
    assertThat(pulse.freshSince(10_000)).isTrue();
    assertThat(pulse.freshSince(11_000)).isFalse();
  }

  @Test
  void isNotBackWithFramesThatWereTooOld() {
    pulse.disturbed(10_000);
    beat(0, 10_100, 10_200);
    pulse.beat(Labelled.shed(1, 0, 10_100), 14_000);

    assertThat(pulse.secondsToFresh()).isEmpty();
  }

  @Test
  void knowsHowLongNothingCame() {
    beat(0, 0, 5_000);
    beat(1, 0, 9_990);
    pulse.disturbed(10_000);
    beat(0, 10_000, 10_500);
    beat(1, 10_000, 10_600);
    beat(0, 10_000, 16_500);
    beat(1, 10_000, 17_000);

    assertThat(pulse.longestSilenceSeconds(17_100)).isEqualTo(6.4);
    assertThat(pulse.longestSilenceSeconds(30_000)).isEqualTo(13.5);
  }

  @Test
  void keepsTheLatencyOfCalmTimesApart() {
    pulse.calm(1_000);
    beat(0, 1_000, 1_300);
    pulse.disturbed(2_000);
    beat(0, 2_100, 9_100);
    pulse.calm(10_000);
    beat(0, 9_900, 12_900);
    beat(0, 10_100, 10_400);

    assertThat(pulse.calmLatency().p99()).isEqualTo(300);
    assertThat(pulse.latency().p99()).isBetween(7_000L, 7_010L);
  }
}
