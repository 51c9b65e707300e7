package io.saccade.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A frame that could not be read: its bytes, cut to {@link #MAX_BYTES}, and why. On Kafka the value
 * is the image as it came, the key the camera, the timestamp the capture time; the rest travels in
 * headers.
 *
 * @param frame the frame, whole
 * @param reason a short code, the same as in its label
 * @param detail what was expected and what was found, for people
 */
public record DeadLetter(Frame frame, String reason, String detail) {

  /** The {@code max.message.bytes} that its topic must have: Kafka's default. */
  public static final int RECORD_BYTES = 1_048_588;

  /**
   * A larger image is cut to this size, so that the dead letter, with key and headers, is within
   * {@link #RECORD_BYTES}.
   */
  public static final int MAX_BYTES = 1_000_000;

  /** Header with the reason. */
  public static final String REASON = "dead-letter-reason";

  /** Header with the detail, cut to {@link #MAX_DETAIL_LENGTH} characters on one line. */
  public static final String DETAIL = "dead-letter-detail";

  /** Header with the frame's partition in the frames topic, decimal digits. */
  public static final String PARTITION = "dead-letter-partition";

  /** Header with the frame's offset in that partition, decimal digits. */
  public static final String OFFSET = "dead-letter-offset";

  /** Header with the length of the image before it was cut, bytes, decimal digits. */
  public static final String LENGTH = "dead-letter-length";

  public static final int MAX_DETAIL_LENGTH = 500;

  public DeadLetter {
    Require.present("frame", frame);
    Require.text("reason", reason);
    Require.present("detail", detail);
  }

  /** The value on Kafka: the image, or as much of it as fits. */
  public byte[] value() {
    byte[] image = frame.image();
    return image.length <= MAX_BYTES ? image : Arrays.copyOf(image, MAX_BYTES);
  }

  /** The headers on Kafka: those of the frame, and those named above. */
  public Map<String, byte[]> headers() {
    Map<String, byte[]> headers =
        new LinkedHashMap<>(Frames.headers(frame.sequence(), frame.contentType()));
    headers.put(REASON, reason.getBytes(UTF_8));
    headers.put(DETAIL, Excerpt.plain(detail, MAX_DETAIL_LENGTH).getBytes(UTF_8));
    headers.put(PARTITION, Integer.toString(frame.partition()).getBytes(UTF_8));
    headers.put(OFFSET, Long.toString(frame.offset()).getBytes(UTF_8));
    headers.put(LENGTH, Integer.toString(frame.image().length).getBytes(UTF_8));
    return headers;
  }
}
