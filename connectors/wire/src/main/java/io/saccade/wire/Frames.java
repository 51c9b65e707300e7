package io.saccade.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Frames to and from Kafka's parts: key, value, timestamp, headers. */
public final class Frames {
  /** Header with the frame's sequence number, decimal digits. */
  public static final String SEQUENCE = "sequence";

  /** Header with the stream's own time of the picture, milliseconds, decimal digits. */
  public static final String PTS = "pts";

  /** Header with the media type of the image. */
  public static final String CONTENT_TYPE = "content-type";

  /** A camera's name has at most this many characters. */
  public static final int MAX_CAMERA_LENGTH = 256;

  private static final int MAX_SEQUENCE_DIGITS = 19;
  private static final int MAX_CONTENT_TYPE_LENGTH = 127;

  private Frames() {}

  /**
   * The frame in a Kafka record. Never fails: what is missing or malformed falls back to the
   * record's own place. For the camera see {@link #camera}.
   *
   * @param header the last value of a header by name, null without one
   */
  public static Frame read(
      String topic,
      int partition,
      long offset,
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Function<String, byte @Nullable []> header) {
    return new Frame(
        key == null || key.length == 0 ? topic + "-" + partition : camera(key),
        sequence(header.apply(SEQUENCE), offset),
        timestampMillis,
        contentType(header.apply(CONTENT_TYPE)),
        value == null ? new byte[0] : value,
        partition,
        offset);
  }

  /** The headers that a camera with a clock of its own writes beside the image. */
  public static Map<String, byte[]> headers(
      long sequence, @Nullable String contentType, OptionalLong streamMillis) {
    Map<String, byte[]> headers = headers(sequence, contentType);
    streamMillis.ifPresent(millis -> headers.put(PTS, ascii(Long.toString(millis))));
    return headers;
  }

  /** The headers that a camera writes beside the image. */
  public static Map<String, byte[]> headers(long sequence, @Nullable String contentType) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put(SEQUENCE, ascii(Long.toString(sequence)));
    if (contentType != null) {
      headers.put(CONTENT_TYPE, ascii(contentType));
    }
    return headers;
  }

  /**
   * The camera's name in a record's key: its text in UTF-8. A key that is not UTF-8, is longer than
   * {@link #MAX_CAMERA_LENGTH} or has characters that do not print becomes what can be shown of it
   * ('?' for the rest), cut short, then {@code ~} and the CRC-32 of its bytes in hex, so that two
   * such cameras stay apart and no name can break a log line or a page.
   */
  public static String camera(byte[] key) {
    String text = new String(key, StandardCharsets.UTF_8);
    boolean asItIs =
        text.length() <= MAX_CAMERA_LENGTH
            && !text.isBlank()
            && text.indexOf('\uFFFD') < 0
            && Excerpt.prints(text);
    return asItIs ? text : shown(text) + "~" + String.format("%08x", crc(key));
  }

  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    // Room for "~", eight digits and a second half of the last character.
    text.codePoints()
        .limit(MAX_CAMERA_LENGTH)
        .map(character -> character != 0xFFFD && Excerpt.prints(character) ? character : '?')
        .takeWhile(character -> shown.length() < MAX_CAMERA_LENGTH - 10)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private static long sequence(byte @Nullable [] digits, long offset) {
    if (digits == null || digits.length == 0 || digits.length > MAX_SEQUENCE_DIGITS) {
      return offset;
    }
    long sequence = 0;
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') {
        return offset;
      }
      sequence = sequence * 10 + digit - '0';
    }
    // Nineteen digits can be more than a long holds, which shows as a negative number.
    return sequence < 0 ? offset : sequence;
  }

  private static @Nullable String contentType(byte @Nullable [] header) {
    if (header == null || header.length == 0 || header.length > MAX_CONTENT_TYPE_LENGTH) {
      return null;
    }
    for (byte character : header) {
      if (character < ' ' || character > '~') {
        return null;
      }
    }
    return new String(header, StandardCharsets.US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
