package io.saccade.camera.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LossesTest {
  private final AtomicLong now = new AtomicLong();
  private final Losses losses = new Losses("frames", now::get);

  @Test
  void saysByCameraWhenLossesBeginAndWhenTheyHaveBeenOverForAWhile() {
    assertThat(losses.lost("yard", "too large")).isTrue();
    assertThat(losses.arrived("yard")).as("among losses").isFalse();
    assertThat(losses.lost("yard", "too large")).as("said already").isFalse();
    assertThat(losses.lost("gate", "too large")).isTrue();

    now.addAndGet(Losses.QUIET_NANOS);

    assertThat(losses.arrived("yard")).isTrue();
    assertThat(losses.arrived("yard")).as("said already").isFalse();
  }

  @Test
  void knowsHowLongNothingHasArrivedWhileFramesAreLost() {
    for (int i = 0; i <= 12; i++) {
      var unused = losses.lost("yard", "no broker");
      now.addAndGet(1_000_000_000L);
    }
    assertThat(losses.nothingArrivesNanos()).isEqualTo(13_000_000_000L);

    now.addAndGet(3 * Losses.QUIET_NANOS);
    assertThat(losses.nothingArrivesNanos()).as("no camera sends").isZero();

    assertThat(losses.lost("gate", "no broker")).isTrue();
    assertThat(losses.nothingArrivesNanos()).as("counted anew").isZero();
    now.addAndGet(Losses.QUIET_NANOS);
    assertThat(losses.arrived("yard")).isTrue();
    assertThat(losses.nothingArrivesNanos()).as("some arrive").isZero();
  }
}
