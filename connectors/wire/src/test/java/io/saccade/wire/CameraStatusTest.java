package io.saccade.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CameraStatusTest {
  private static CameraStatus status(String state, long atMillis) {
    return new CameraStatus(1, "yard", state, null, atMillis, 0, 90L, 4, 3, 2, 1);
  }

  @Test
  void aCameraIsAvailableOnlyWhileItIsLiveAndSaysSo() {
    assertThat(status("live", 1_000).available(11_000)).isTrue();
    assertThat(status("live", 1_000).available(11_001)).isFalse();
    assertThat(status("stalled", 1_000).available(1_000)).isFalse();
    assertThat(status("something newer", 1_000).available(1_000)).isFalse();
  }

  /** Who believed the second would have no number left for its next frame. */
  @Test
  void refusesSequenceNumbersThatNobodyCouldGoOnFrom() {
    for (long wrong : new long[] {-4, Long.MAX_VALUE}) {
      byte[] json =
          new String(JsonCodec.CAMERA_STATUS.encode(status("live", 0)), UTF_8)
              .replace("\"nextSequence\":4", "\"nextSequence\":" + wrong)
              .getBytes(UTF_8);

      assertThatThrownBy(() -> JsonCodec.CAMERA_STATUS.decode(json))
          .hasMessageContaining(
              "camera-status: nextSequence must be within [0, 4611686018427387904], but was "
                  + wrong);
    }
  }
}
