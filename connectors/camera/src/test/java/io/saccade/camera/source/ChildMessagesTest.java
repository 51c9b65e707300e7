package io.saccade.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.camera.config.CameraUrl;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChildMessagesTest {
  private static String said(String line) {
    ChildMessages messages =
        new ChildMessages(
            "a",
            new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)),
            CameraUrl.of("rtsp://bob:hunter2@h/a").redactor());
    messages.drain();
    return String.valueOf(messages.worst().orElseThrow().said());
  }

  @Test
  void showsNoHalfOfASecretWhereALineIsCut() {
    for (int before = 970; before < 1005; before++) {
      assertThat(said("[error] " + "x".repeat(before - 8) + " rtsp://bob:hunter2@h/a"))
          .doesNotContain("bob", "hun");
    }
  }

  @Test
  void showsNoParameterNamedLikeASecret() {
    assertThat(said("[error] GET /redirected?session=4711&x=1 failed"))
        .isEqualTo("broke off: GET /redirected?session=***&x=1 failed");
  }

  @Test
  void writesNothingThatMovesTheCursor() {
    assertThat(said("[error] a\rb\u001b[2Jc")).isEqualTo("broke off: a b [2Jc");
  }
}
