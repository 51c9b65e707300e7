package io.saccade.console.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.CameraStatus;
import io.saccade.wire.Label;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
  private static final long NOW = 1_000_000;

  private static Note note(String outcome, String reason) {
    return Note.of(Records.label("yard", 1, NOW, outcome, reason, 0, "m"));
  }

  private static CameraStatus status(String state, @Nullable String reason, long atMillis) {
    return new CameraStatus(1, "yard", state, reason, atMillis, atMillis, null, 0, 0, 0, 0);
  }

  private static Availability of(
      @Nullable CameraStatus status, String outcome, long heardAgo, long seenAgo) {
    return Availability.of(status, note(outcome, "too-old"), NOW - heardAgo, NOW - seenAgo, NOW);
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
  void aProcessThatNeitherReportsNorSendsIsDeadAfterFiveSeconds() {
    assertThat(of(status("live", null, NOW - 5_001), Label.CLASSIFIED, 5_001, 5_010))
        .isEqualTo(
            new Availability(Availability.UNAVAILABLE, "its process has said nothing for 5 s"));
  }

  @Test
  void aSlowCameraWhoseProcessReportsIsNotDead() {
    assertThat(of(status("live", null, NOW - 1_900), Label.CLASSIFIED, 9_000, 9_000).state())
        .isEqualTo(Availability.STALE);
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
