package io.saccade.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.Excerpt;
import org.junit.jupiter.api.Test;

class EndingTest {
  /** Whoever can pose as a camera chooses these words, and people read them in a terminal. */
  @Test
  void whatACameraSaysIsOneLineThatPrints() {
    Ending ending =
        new Ending(
            Trouble.NOT_FOUND, "404 \u001b[2Jgone\r\nsaccade: all is well" + "x".repeat(9000));

    assertThat(ending.said())
        .startsWith("not found: 404 \\u001b[2Jgone\\u000d\\u000asaccade: all is well")
        .hasSizeLessThan(600);
    assertThat(Excerpt.prints(ending.said())).isTrue();
  }

  @Test
  void withoutAReasonTheTroubleSaysItAll() {
    assertThat(new Ending(Trouble.REFUSED, null).said()).isEqualTo("connection refused");
  }
}
