package io.saccade.camera.source;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads SMJPEG, the framing in which a child process hands over pictures: each JPEG behind four
 * letters, its time and its length. Whatever the bytes are, it takes no more memory than a picture
 * may have, and anything out of place ends it: after that no picture could be trusted.
 *
 * <p>Not thread-safe.
 */
final class SmjpegReader {
  /** Largest picture. */
  static final int MAX_BYTES = 8 * 1024 * 1024;

  private static final byte[] MAGIC = "\0\nSMJPEG".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_HEADER_BYTES = 64 * 1024;
  private static final int TEXT = letters("_TXT");
  private static final int SOUND_HEADER = letters("_SND");
  private static final int VIDEO_HEADER = letters("_VID");
  private static final int HEADERS_END = letters("HEND");
  private static final int VIDEO = letters("vidD");
  private static final int DONE = letters("DONE");

  private final DataInputStream in;
  private boolean headed;

  SmjpegReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /**
   * The next picture, null at the end.
   *
   * @throws IOException when the bytes are not SMJPEG or end within a picture
   */
  @Nullable Picture next() throws IOException {
    if (!headed) {
      if (!readHead()) {
        return null;
      }
      headed = true;
    }
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int kind = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
    if (kind == DONE) {
      return null;
    }
    expect(kind == VIDEO, "vidD or DONE", kind);
    long streamMillis = Integer.toUnsignedLong(in.readInt());
    return new Picture(streamMillis, "image/jpeg", jpeg(length(MAX_BYTES)));
  }

  private boolean readHead() throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (magic.length == 0) {
      return false;
    }
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException("expected SMJPEG, but found something else");
    }
    // Version and length of the whole, which nobody knows of a live stream.
    in.readLong();
    for (int kind = in.readInt(); kind != HEADERS_END; kind = in.readInt()) {
      expect(
          kind == TEXT || kind == VIDEO_HEADER || kind == SOUND_HEADER, "a header or HEND", kind);
      in.skipNBytes(length(MAX_HEADER_BYTES));
    }
    return true;
  }

  private int length(int most) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > most) {
      throw new IOException(
          "expected at most %d bytes, but found a length of %d"
              .formatted(most, Integer.toUnsignedLong(length)));
    }
    return length;
  }

  private byte[] jpeg(int length) throws IOException {
    byte[] jpeg = Bodies.read(in, length);
    if (!Bodies.isJpeg(jpeg)) {
      throw new IOException("expected a JPEG, but found something else");
    }
    return jpeg;
  }

  private static void expect(boolean found, String expected, int kind) throws IOException {
    if (!found) {
      throw new IOException("expected %s, but found 0x%08x".formatted(expected, kind));
    }
  }

  private static int letters(String four) {
    return four.charAt(0) << 24 | four.charAt(1) << 16 | four.charAt(2) << 8 | four.charAt(3);
  }
}
