package io.saccade.console.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.CameraStatus;
import io.saccade.wire.Label;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
  private static final long NOW = 1_000_000;

  private static Label label(String outcome, String reason) {
    return new Label(
        1, "yard", 1, 0, 1, NOW, outcome, reason, List.of(), List.of(), List.of(), 0, 0, 0, 0, 0, 0,
        "m", "h");
  }

  private static CameraStatus status(String state, @Nullable String reason, long atMillis) {
    return new CameraStatus(1, "yard", state, reason, atMillis, atMillis, null, 0, 0, 0, 0);
  }

  private static Availability of(
      @Nullable CameraStatus status, String outcome, long heardAgo, long seenAgo) {
    return Availability.of(status, label(outcome, "too-old"), NOW - heardAgo, NOW - seenAgo, NOW);
  }

  @Test
  void isLiveWhileFramesAreLookedAt() {
    assertThat(of(null, Label.CLASSIFIED, 100, 300))
        .isEqualTo(new Availability(Availability.LIVE, ""));
  }

  @Test
  void isUnavailableWhenNothingCameForThreeSeconds() {
    assertThat(of(null, Label.CLASSIFIED, 3_001, 3_100))
        .isEqualTo(new Availability(Availability.UNAVAILABLE, "nothing came for 3 s"));
  }

  @Test
  void takesTheCamerasProcessAtItsWord() {
    assertThat(of(status("retrying", "connection refused", NOW), Label.CLASSIFIED, 10, 10))
        .isEqualTo(new Availability(Availability.UNAVAILABLE, "retrying: connection refused"));
    assertThat(of(status("live", null, NOW - 10_001), Label.CLASSIFIED, 10, 10).state())
        .isEqualTo(Availability.UNAVAILABLE);
    assertThat(of(status("live", null, NOW - 9_000), Label.CLASSIFIED, 10, 10).state())
        .isEqualTo(Availability.LIVE);
  }

  @Test
  void saysWhyFramesAreLeftOut() {
    assertThat(of(null, Label.SHED, 10, 1_500))
        .isEqualTo(new Availability(Availability.SHED, "shed: too-old"));
  }

  @Test
  void oneFrameLeftOutBetweenOthersIsNoBlindness() {
    assertThat(of(null, Label.SHED, 10, 200).state()).isEqualTo(Availability.LIVE);
  }

  @Test
  void neverCallsAPictureOlderThanTwoSecondsLive() {
    assertThat(of(null, Label.CLASSIFIED, 10, 2_001))
        .isEqualTo(new Availability(Availability.STALE, "the newest picture is 2 s old"));
  }
}
