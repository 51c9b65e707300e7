package io.saccade.quickstart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Pictures to send, good and bad. */
final class Pictures {
  /** Where a PNG's header has the width, and its checksum. */
  private static final int PNG_WIDTH = 16;

  private static final int PNG_CHECK = 29;

  private Pictures() {}

  /** A small picture with something in it that depends on the number. */
  static byte[] jpeg(int number) {
    return encoded(number, "jpg");
  }

  static byte[] png(int number) {
    return encoded(number, "png");
  }

  private static byte[] encoded(int number, String format) {
    Random random = new Random(number);
    BufferedImage picture = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    for (int i = 0; i < 12; i++) {
      pen.setColor(new Color(random.nextInt(0x1000000)));
      pen.fillOval(random.nextInt(160), random.nextInt(120), 50, 30);
    }
    pen.dispose();
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(picture, format, bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same picture with so many bytes, those at its end without meaning. */
  static byte[] padded(byte[] picture, int length) {
    return Arrays.copyOf(picture, length);
  }

  /** A real PNG of one colour, one bit a pixel: it may be huge and takes few bytes. */
  static byte[] plain(int width, int height) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream rows = new DeflaterOutputStream(data)) {
      byte[] row = new byte[1 + (width + 7) / 8];
      for (int y = 0; y < height; y++) {
        rows.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 1);
    ByteBuffer png = ByteBuffer.allocate(8 + 3 * 12 + 13 + data.size());
    png.putLong(0x89504e470d0a1a0aL);
    chunk(png, "IHDR", header.array());
    chunk(png, "IDAT", data.toByteArray());
    chunk(png, "IEND", new byte[0]);
    return png.array();
  }

  private static void chunk(ByteBuffer png, String type, byte[] data) {
    byte[] checked =
        ByteBuffer.allocate(4 + data.length)
            .put(type.getBytes(StandardCharsets.US_ASCII))
            .put(data)
            .array();
    CRC32 check = new CRC32();
    check.update(checked);
    png.putInt(data.length).put(checked).putInt((int) check.getValue());
  }

  /** A small JPEG whose header, in order otherwise, declares another size. */
  static byte[] jpegDeclaring(int width, int height) {
    ByteBuffer jpeg = ByteBuffer.wrap(jpeg(1));
    int at = 2;
    while (jpeg.get(at + 1) != (byte) 0xc0) {
      at += 2 + jpeg.getShort(at + 2);
    }
    return jpeg.putShort(at + 5, (short) height).putShort(at + 7, (short) width).array();
  }

  /** A small PNG whose header, in order otherwise, declares another size. */
  static byte[] declaring(int width, int height) {
    ByteBuffer png = ByteBuffer.wrap(png(1));
    png.putInt(PNG_WIDTH, width);
    png.putInt(PNG_WIDTH + 4, height);
    CRC32 check = new CRC32();
    check.update(png.array(), PNG_WIDTH - 4, PNG_CHECK - PNG_WIDTH + 4);
    png.putInt(PNG_CHECK, (int) check.getValue());
    return png.array();
  }
}
