package io.saccade.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Pictures whose checks before the decoder hold again. Chance finds no checksum: without this the
 * decoder would hardly ever see a changed picture.
 */
final class Mended {
  private static final int PNG_CHUNKS = 8;
  private static final int AROUND_A_CHUNK = 12;
  private static final byte[] PNG_END = {
    0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xae, 'B', 96, -126
  };

  private Mended() {}

  /** The same bytes, or a copy with checksums, lengths and ends as they should be. */
  static byte[] picture(byte[] image) {
    if (image.length > PNG_CHUNKS && image[0] == (byte) 0x89 && image[1] == 'P') {
      return png(image);
    }
    if (image.length > 2 && image[0] == (byte) 0xff && image[1] == (byte) 0xd8) {
      return ended(image, new byte[] {(byte) 0xff, (byte) 0xd9});
    }
    if (image.length > 12 && image[0] == 'R' && image[8] == 'W') {
      byte[] webp = image.clone();
      ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putInt(4, webp.length - 8);
      return webp;
    }
    return image;
  }

  private static byte[] ended(byte[] image, byte[] end) {
    byte[] ended = Arrays.copyOf(image, image.length + end.length);
    System.arraycopy(end, 0, ended, image.length, end.length);
    return ended;
  }

  private static byte[] png(byte[] image) {
    byte[] png = image.clone();
    ByteBuffer bytes = ByteBuffer.wrap(png);
    int at = PNG_CHUNKS;
    while (at + AROUND_A_CHUNK <= png.length) {
      int length = bytes.getInt(at);
      if (length < 0 || length > png.length - at - AROUND_A_CHUNK) {
        // The last chunk takes all that is left.
        length = png.length - at - AROUND_A_CHUNK;
        bytes.putInt(at, length);
      }
      CRC32 sum = new CRC32();
      sum.update(png, at + 4, length + 4);
      bytes.putInt(at + 8 + length, (int) sum.getValue());
      at += AROUND_A_CHUNK + length;
    }
    return ended(Arrays.copyOf(png, at), PNG_END);
  }
}
