package io.saccade.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static Frame frame(byte[] image) {
    return new Frame("gate", 17, 1000, "image/jpeg", image, 3, 42);
  }

  private static String text(Map<String, byte[]> headers, String name) {
    byte[] value = headers.get(name);
    return value == null ? "none" : new String(value, UTF_8);
  }

  @Test
  void carriesTheFrameAndWhyItCouldNotBeRead() {
    DeadLetter letter = new DeadLetter(frame(new byte[] {1, 2}), "not-an-image", "bad\nmarker");

    Map<String, byte[]> headers = letter.headers();
    assertThat(letter.value()).containsExactly(1, 2);
    assertThat(text(headers, Frames.SEQUENCE)).isEqualTo("17");
    assertThat(text(headers, Frames.CONTENT_TYPE)).isEqualTo("image/jpeg");
    assertThat(text(headers, DeadLetter.REASON)).isEqualTo("not-an-image");
    assertThat(text(headers, DeadLetter.DETAIL)).isEqualTo("bad\\u000amarker");
    assertThat(text(headers, DeadLetter.PARTITION)).isEqualTo("3");
    assertThat(text(headers, DeadLetter.OFFSET)).isEqualTo("42");
    assertThat(text(headers, DeadLetter.LENGTH)).isEqualTo("2");
  }

  @Test
  void cutsAnImageThatIsTooLargeAndSaysHowLargeItWas() {
    DeadLetter letter =
        new DeadLetter(frame(new byte[DeadLetter.MAX_BYTES + 1]), "too-large", "x".repeat(9999));

    assertThat(letter.value()).hasSize(DeadLetter.MAX_BYTES);
    assertThat(text(letter.headers(), DeadLetter.LENGTH)).isEqualTo("1048577");
    assertThat(text(letter.headers(), DeadLetter.DETAIL))
        .hasSize(DeadLetter.MAX_DETAIL_LENGTH + "...".length());
  }
}
