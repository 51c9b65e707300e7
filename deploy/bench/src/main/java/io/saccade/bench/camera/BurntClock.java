package io.saccade.bench.camera;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads the time that is drawn into a picture's top rows: the wall clock's milliseconds modulo 2^24
 * and an eight-bit sum, 32 blocks side by side, white for 1, most significant first.
 */
public final class BurntClock {
  private static final int BITS = 32;
  private static final long MODULO = 1L << 24;
  private static final int GREY = 128;

  /** A block is darker than this or lighter than its mirror; between them it cannot be read. */
  private static final int DARK = 96;

  private BurntClock() {}

  /**
   * When the picture was made, milliseconds since 1970; empty when it does not say.
   *
   * @param nearMillis a time not more than two hours away
   */
  public static OptionalLong read(byte[] jpeg, long nearMillis) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(input);
      int width = reader.getWidth(0);
      int height = Math.max(2, reader.getHeight(0) / 40);
      ImageReadParam top = reader.getDefaultReadParam();
      // The rest need not be decoded.
      top.setSourceRegion(new Rectangle(0, 0, width, height));
      return decode(reader.read(0, top), nearMillis);
    } finally {
      reader.dispose();
    }
  }

  private static OptionalLong decode(BufferedImage band, long nearMillis) {
    long word = 0;
    for (int bit = 0; bit < BITS; bit++) {
      int x = (2 * bit + 1) * band.getWidth() / (2 * BITS);
      int green = band.getRGB(x, band.getHeight() / 2) >> 8 & 0xFF;
      if (green >= DARK && green <= 2 * GREY - DARK) {
        return OptionalLong.empty();
      }
      word = word << 1 | (green > GREY ? 1 : 0);
    }
    long stamp = word >>> 8;
    if ((word & 0xFF) != ((stamp ^ stamp >>> 8 ^ stamp >>> 16) & 0xFF)) {
      return OptionalLong.empty();
    }
    long behind = Math.floorMod(nearMillis - stamp, MODULO);
    return OptionalLong.of(nearMillis - (behind < MODULO / 2 ? behind : behind - MODULO));
  }
}
