package io.saccade.gfnet.decode;

/**
 * The frame header of a JPEG (ITU-T T.81, annex B) and whether its end is there. The decoder
 * completes a cut JPEG with grey and says nothing, so the end-of-image marker is looked for here. A
 * decoder visits every pixel in each scan, whatever is in it, so that scans are counted as well.
 * What cannot be seen: bytes changed or missing inside a scan that still ends properly; such a
 * picture is classified as far as it decodes.
 */
final class JpegHeader {
  private static final int TEMPORARY = 0x01;
  private static final int FIRST_MARKER = 0xc0;
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int PROGRESSIVE = 0xc2;

  /**
   * Encoders use 1 to 4 or about 10. Each scan visits every pixel again, so that a few megabytes of
   * empty scans would cost minutes (libjpeg-turbo advises such a limit). Sequential JPEGs whose
   * scans bring single components are no better: nothing forbids them to bring one again.
   */
  private static final int MOST_SCANS = 100;

  /** As many as 12 scans of the largest picture have. */
  private static final long MOST_SCANNED_PIXELS = 480_000_000L;

  private JpegHeader() {}

  static PictureHeader read(byte[] image) throws UnreadablePicture {
    EncodedBytes jpeg = new EncodedBytes(image, "a JPEG");
    int width = 0;
    int height = 0;
    int components = 0;
    boolean progressive = false;
    int at = 2;
    while (true) {
      int marker = marker(jpeg, at);
      at = afterMarker(jpeg, at);
      if (marker == START_OF_SCAN) {
        break;
      }
      if (marker == END_OF_IMAGE) {
        throw UnreadablePicture.corrupt("a JPEG must have a scan, but ended before one");
      }
      if (isFrame(marker)) {
        checkCoding(marker);
        height = jpeg.bigEndian16(at + 3);
        width = jpeg.bigEndian16(at + 5);
        components = jpeg.u8(at + 7);
        progressive = marker == PROGRESSIVE;
      }
      at += hasLength(marker) ? length(jpeg, at) : 0;
    }
    if (width == 0) {
      throw UnreadablePicture.corrupt("a JPEG must declare its size before the first scan");
    }
    checkEnd(image, at);
    if (progressive || jpeg.u8(at + 2) < components) {
      checkScans(jpeg, at + length(jpeg, at), (long) width * height);
    }
    return new PictureHeader(PictureHeader.Format.JPEG, width, height);
  }

  private static int marker(EncodedBytes jpeg, int at) throws UnreadablePicture {
    if (jpeg.u8(at) != 0xff) {
      throw UnreadablePicture.corrupt(
          "a JPEG must have a marker at byte %d, but had %02x".formatted(at, jpeg.u8(at)));
    }
    int marker = jpeg.u8(afterMarker(jpeg, at) - 1);
    if (marker < FIRST_MARKER && marker != TEMPORARY) {
      // The decoder would look on behind it, where a second, larger frame header could hide.
      throw UnreadablePicture.corrupt(
          "a JPEG must have a marker at byte %d, but had ff %02x".formatted(at, marker));
    }
    return marker;
  }

  /** A marker may be preceded by any number of fill bytes. */
  private static int afterMarker(EncodedBytes jpeg, int at) throws UnreadablePicture {
    int next = at;
    while (jpeg.u8(next) == 0xff) {
      next++;
    }
    return next + 1;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  /**
   * Arithmetic codes go on for ever: where the bytes end, a decoder makes up the rest of the scan
   * at full cost. No camera uses them, nor lossless or hierarchical ones.
   */
  private static void checkCoding(int frame) throws UnreadablePicture {
    if (frame > PROGRESSIVE) {
      throw UnreadablePicture.corrupt(
          "a JPEG must be baseline, extended or progressive (ff c0 to ff c2), but was ff %02x"
              .formatted(frame));
    }
  }

  private static boolean hasLength(int marker) {
    return marker != TEMPORARY && !(marker >= 0xd0 && marker <= 0xd8);
  }

  private static int length(EncodedBytes jpeg, int at) throws UnreadablePicture {
    int length = jpeg.bigEndian16(at);
    if (length < 2) {
      throw UnreadablePicture.corrupt("a JPEG segment must be at least 2 long, but was " + length);
    }
    return length;
  }

  /**
   * Backwards, so that it costs nothing in a whole picture, also one with bytes appended. Inside a
   * scan the two bytes cannot occur: 0xff is always followed by 0 or a restart marker.
   */
  private static void checkEnd(byte[] image, int firstScan) throws UnreadablePicture {
    for (int at = image.length - 2; at >= firstScan; at--) {
      if (image[at] == (byte) 0xff && image[at + 1] == (byte) END_OF_IMAGE) {
        return;
      }
    }
    throw UnreadablePicture.corrupt(
        "a JPEG must end with the marker ff d9, but ended without, after %d bytes: it was cut"
            .formatted(image.length));
  }

  private static void checkScans(EncodedBytes jpeg, int firstScan, long pixels)
      throws UnreadablePicture {
    int scans = 1;
    int at = nextMarker(jpeg, firstScan);
    while (at < jpeg.length()) {
      int marker = jpeg.u8(at - 1);
      if (marker == END_OF_IMAGE) {
        break;
      }
      scans += marker == START_OF_SCAN ? 1 : 0;
      at = nextMarker(jpeg, hasLength(marker) ? at + length(jpeg, at) : at);
    }
    if (scans > MOST_SCANS) {
      throw tooLarge("a JPEG must have at most %d scans, but had %d".formatted(MOST_SCANS, scans));
    }
    if (scans * pixels > MOST_SCANNED_PIXELS) {
      throw tooLarge(
          "a JPEG must have at most %d pixels in all scans, but had %d in %d"
              .formatted(MOST_SCANNED_PIXELS, scans * pixels, scans));
    }
  }

  /**
   * One behind the next marker that is no restart and no byte of a scan, as the decoder looks for
   * it; at least the length of all bytes when there is none.
   */
  private static int nextMarker(EncodedBytes jpeg, int from) throws UnreadablePicture {
    for (int at = from; at < jpeg.length() - 1; at++) {
      int second = jpeg.u8(at + 1);
      boolean isMarker = second != 0 && second != 0xff && !(second >= 0xd0 && second <= 0xd7);
      if (isMarker && jpeg.u8(at) == 0xff) {
        return at + 2;
      }
    }
    return jpeg.length();
  }

  private static UnreadablePicture tooLarge(String detail) {
    return new UnreadablePicture(UnreadablePicture.Reason.TOO_LARGE, detail);
  }
}
