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
    assertThat(text(letter.headers(), DeadLetter.LENGTH)).isEqualTo("1000001");
    assertThat(text(letter.headers(), DeadLetter.DETAIL))
        .hasSize(DeadLetter.MAX_DETAIL_LENGTH + "...".length());
  }

  @Test
  void isTakenByATopicOfKafkasDefaultSize() {
    String wide = "\u4e00";
    Frame frame =
        new Frame(
            wide.repeat(Frames.MAX_CAMERA_LENGTH),
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            "x".repeat(127),
            new byte[2 << 20],
            Integer.MAX_VALUE,
            Long.MAX_VALUE);
    DeadLetter letter = new DeadLetter(frame, "not-an-image", wide.repeat(9999));

    int bytes = frame.camera().getBytes(UTF_8).length + letter.value().length;
    for (Map.Entry<String, byte[]> header : letter.headers().entrySet()) {
      bytes += header.getKey().length() + header.getValue().length;
    }
    // A kilobyte is ample for what a batch of one record has besides.
    assertThat(bytes + 1_000).isLessThan(1_048_588);
  }
}
