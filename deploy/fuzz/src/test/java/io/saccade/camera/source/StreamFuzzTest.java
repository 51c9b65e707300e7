package io.saccade.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.saccade.fuzz.Promise;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Timeout;

/**
 * What a camera answers over HTTP, and what a child process hands over: whoever can pose as a
 * camera writes this. The first byte of an input is which: {@code s} the child's framing, {@code c}
 * an answer in chunks, anything else an answer as it comes.
 */
class StreamFuzzTest {
  private static final int MOST_PICTURES = 10_000;

  @FuzzTest
  @Timeout(20)
  void stream(byte[] input) {
    if (input.length == 0) {
      return;
    }
    InputStream in = new ByteArrayInputStream(Arrays.copyOfRange(input, 1, input.length));
    try {
      switch (input[0]) {
        case 's' -> child(new SmjpegReader(in));
        case 'c' -> answer(in, true);
        default -> answer(in, false);
      }
    } catch (IOException e) {
      // Said of the camera, once it is an ending.
      Promise.oneLine(new Ending(Trouble.BROKE_OFF, e.getMessage()).said(), 4000);
    }
    Promise.memoryIsBounded();
  }

  private static void child(SmjpegReader reader) throws IOException {
    for (int number = 0; number < MOST_PICTURES; number++) {
      Picture picture = reader.next();
      if (picture == null) {
        return;
      }
      assertThat(picture.image().length).isLessThanOrEqualTo(SmjpegReader.MAX_BYTES);
    }
  }

  private static void answer(InputStream in, boolean chunked) throws IOException {
    HttpAnswer answer = HttpAnswer.read(in);
    assertThat(answer.status()).isBetween(0, 999);
    Promise.oneLine(
        new Ending(Trouble.NOT_FOUND, answer.status() + " " + answer.words()).said(), 4000);
    String boundary = answer.header("Boundary").orElse("");
    MultipartReader reader = new MultipartReader(chunked ? new ChunkedStream(in) : in, boundary);
    for (int number = 0; number < MOST_PICTURES; number++) {
      byte[] body = reader.next();
      if (body == null) {
        return;
      }
      assertThat(body.length).isLessThanOrEqualTo(SmjpegReader.MAX_BYTES);
    }
  }
}
