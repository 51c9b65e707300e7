package io.saccade.gfnet.decode;

import java.util.zip.CRC32;

/**
 * The IHDR chunk of a PNG, and whether its chunks are whole as far as IEND. The decoder neither
 * minds a missing end nor a wrong checksum, so both are looked at here.
 */
final class PngHeader {
  private static final int SIGNATURE = 8;

  /** Length, type and checksum. */
  private static final int AROUND_A_CHUNK = 12;

  private PngHeader() {}

  static PictureHeader read(byte[] image) throws UnreadablePicture {
    EncodedBytes png = new EncodedBytes(image, "a PNG");
    if (png.bigEndian32(SIGNATURE) != 13 || !png.has(SIGNATURE + 4, "IHDR")) {
      throw UnreadablePicture.corrupt("a PNG must begin with an IHDR chunk of 13 bytes");
    }
    PictureHeader header =
        new PictureHeader(
            PictureHeader.Format.PNG,
            side(png.bigEndian32(SIGNATURE + 8)),
            side(png.bigEndian32(SIGNATURE + 12)));
    checkChunks(png);
    return header;
  }

  /** At most 2^31 - 1 by the standard; anything above is beyond every limit anyway. */
  private static int side(long declared) {
    return (int) Math.min(declared, Integer.MAX_VALUE);
  }

  private static void checkChunks(EncodedBytes png) throws UnreadablePicture {
    long at = SIGNATURE;
    while (at + AROUND_A_CHUNK <= png.length()) {
      long next = at + AROUND_A_CHUNK + png.bigEndian32((int) at);
      if (next > png.length()) {
        break;
      }
      checkSum(png, (int) at, (int) next);
      if (png.has((int) at + 4, "IEND")) {
        return;
      }
      at = next;
    }
    throw UnreadablePicture.corrupt(
        "a PNG must end with an IEND chunk, but ended without, after %d bytes: it was cut"
            .formatted(png.length()));
  }

  /** Over type and data, all but the length before them. */
  private static void checkSum(EncodedBytes png, int at, int next) throws UnreadablePicture {
    CRC32 sum = new CRC32();
    sum.update(png.bytes(), at + 4, next - at - 8);
    long declared = png.bigEndian32(next - 4);
    if (sum.getValue() != declared) {
      throw UnreadablePicture.corrupt(
          "a PNG chunk must have the checksum %08x it declares, but had %08x, at byte %d"
              .formatted(declared, sum.getValue(), at));
    }
  }
}
