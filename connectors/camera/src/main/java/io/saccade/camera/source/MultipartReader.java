package io.saccade.camera.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of multipart/x-mixed-replace, as cameras send it: with a Content-Length or up to
 * the next boundary, which may be declared with dashes, in quotes or not at all. Takes no more
 * memory than a picture may have. Not thread-safe.
 */
final class MultipartReader {
  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final int MAX_HEADERS = 64;
  private static final String LENGTH = "content-length:";

  private final InputStream in;

  /** What may stand before a part, until one of them has. */
  private List<byte[]> delimiters;

  private boolean atPart;

  /**
   * A reader.
   *
   * @param in buffered
   * @param boundary as declared; empty: the first line that begins with two dashes
   */
  MultipartReader(InputStream in, String boundary) {
    this.in = in;
    // By RFC 2046 two dashes and then the boundary; some declare it with those two.
    this.delimiters =
        List.of(bytes("--" + boundary), bytes("--" + boundary.replaceFirst("^-+", "")));
  }

  /**
   * The body of the next part, null at the end.
   *
   * @throws IOException when the bytes are no such parts or end within one
   */
  byte @Nullable [] next() throws IOException {
    if (!atPart && !skipToPart()) {
      return null;
    }
    atPart = false;
    int length = headers();
    return length < 0 ? upToBoundary() : Bodies.read(in, length);
  }

  private boolean skipToPart() throws IOException {
    for (int passed = 0; passed <= SmjpegReader.MAX_BYTES; ) {
      byte[] line = line(MAX_LINE_BYTES);
      if (line == null) {
        return false;
      }
      if (isDelimiter(line)) {
        return true;
      }
      passed += line.length;
    }
    throw new IOException("expected a boundary between pictures, but found none");
  }

  /** The length that they tell, -1 when they do not. */
  private int headers() throws IOException {
    int length = -1;
    for (int count = 0; count < MAX_HEADERS; count++) {
      byte[] line = line(MAX_LINE_BYTES);
      if (line == null) {
        throw new IOException("ended within the headers of a picture");
      }
      String header = new String(line, StandardCharsets.ISO_8859_1).strip();
      if (header.isEmpty()) {
        return length;
      }
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = length(header.substring(LENGTH.length()).strip());
      }
    }
    throw new IOException("expected at most " + MAX_HEADERS + " headers, but found more");
  }

  private static int length(String told) throws IOException {
    if (!told.matches("\\d{1,9}") || Integer.parseInt(told) > SmjpegReader.MAX_BYTES) {
      throw new IOException(
          "expected a length of at most %d bytes, but found another"
              .formatted(SmjpegReader.MAX_BYTES));
    }
    return Integer.parseInt(told);
  }

  private byte[] upToBoundary() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(64 * 1024);
    byte[] line = line(SmjpegReader.MAX_BYTES);
    while (line != null && !isDelimiter(line)) {
      if (body.size() + line.length > SmjpegReader.MAX_BYTES) {
        throw new IOException("expected a boundary after a picture, but found none");
      }
      body.writeBytes(line);
      line = line(SmjpegReader.MAX_BYTES);
    }
    if (line == null) {
      throw new IOException("ended within a picture");
    }
    atPart = true;
    // The line end before a boundary belongs to the boundary.
    byte[] all = body.toByteArray();
    int end = all.length - (all.length > 0 ? 1 : 0);
    return Arrays.copyOf(all, end - (end > 0 && all[end - 1] == '\r' ? 1 : 0));
  }

  private boolean isDelimiter(byte[] line) {
    for (byte[] each : delimiters) {
      if (line.length > each.length && Arrays.equals(line, 0, each.length, each, 0, each.length)) {
        boolean declared = each.length > 2;
        delimiters =
            List.of(declared ? each : bytes(new String(line, StandardCharsets.ISO_8859_1).strip()));
        return true;
      }
    }
    return false;
  }

  /** With its line end; null at the end. */
  private byte @Nullable [] line(int most) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int letter = in.read(); letter >= 0; letter = in.read()) {
      line.write(letter);
      if (letter == '\n') {
        return line.toByteArray();
      }
      if (line.size() > most) {
        throw new IOException(
            "expected lines of at most " + most + " bytes, but found a longer one");
      }
    }
    return null;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
