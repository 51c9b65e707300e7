package io.saccade.gfnet.decode;

import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures made in the tests: four quarters, red, green, blue and white, or seeded noise. */
public final class Pictures {
  static final int RED = 0xff0000;
  static final int GREEN = 0x00ff00;
  static final int BLUE = 0x0000ff;
  static final int WHITE = 0xffffff;

  private Pictures() {}

  /** Red and green above blue and white. */
  public static BufferedImage quarters(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean left = x < width / 2;
        boolean above = y < height / 2;
        picture.setRGB(x, y, above ? (left ? RED : GREEN) : (left ? BLUE : WHITE));
      }
    }
    return picture;
  }

  /** Smooth blobs with some noise: what a camera might give. */
  public static BufferedImage scene(int width, int height, long seed) {
    Random random = new Random(seed);
    double[] phases = random.doubles(9, 0, 6).toArray();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          double u = 6.0 * x / width + phases[channel];
          double v = 6.0 * y / height + phases[channel + 3];
          double level = 128 + 50 * Math.sin(u) * Math.cos(v) + 50 * Math.sin(u + v * phases[8]);
          rgb = rgb << 8 | (int) Math.max(0, Math.min(255, level + random.nextInt(8)));
        }
        picture.setRGB(x, y, rgb);
      }
    }
    return picture;
  }

  public static byte[] jpeg(BufferedImage picture) {
    return encoded(picture, "jpg", false);
  }

  static byte[] progressiveJpeg(BufferedImage picture) {
    return encoded(picture, "jpg", true);
  }

  public static byte[] png(BufferedImage picture) {
    return encoded(picture, "png", false);
  }

  static byte[] greyJpeg(int width, int height, int level) {
    BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = grey.getRaster();
    int[] levels = new int[width * height];
    Arrays.fill(levels, level);
    raster.setPixels(0, 0, width, height, levels);
    return encoded(grey, "jpg", false);
  }

  /** Each quarter has 16 bits a channel, and half of it is transparent. */
  static byte[] sixteenBitPng(int width, int height, boolean alpha) {
    try (Mat picture =
        new Mat(height, width, alpha ? opencv_core.CV_16UC4 : opencv_core.CV_16UC3)) {
      BufferedImage quarters = quarters(width, height);
      java.nio.ShortBuffer values = picture.createBuffer();
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int rgb = quarters.getRGB(x, y);
          for (int shift = 0; shift <= 16; shift += 8) {
            values.put((short) ((rgb >> shift & 0xff) * 257));
          }
          if (alpha) {
            values.put((short) (y % 2 == 0 ? 0 : 0xffff));
          }
        }
      }
      return encoded(picture, ".png");
    }
  }

  static byte[] webp(BufferedImage picture, int quality) {
    try (Mat mat = mat(picture)) {
      return encoded(mat, ".webp", 64, quality); // IMWRITE_WEBP_QUALITY; above 100: lossless
    }
  }

  /** Four bands without further notice, as Adobe writes them: 255 is no ink. */
  static byte[] cmykJpeg(int width, int height, int... inks) {
    WritableRaster raster =
        Raster.createInterleavedRaster(java.awt.image.DataBuffer.TYPE_BYTE, width, height, 4, null);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setPixel(x, y, inks);
      }
    }
    return encoded(new IIOImage(raster, null, null), "jpg", false);
  }

  /** Puts an Exif segment behind the first marker. */
  static byte[] withOrientation(byte[] jpeg, int orientation) {
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0, // APP1
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1, // one entry
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0, // orientation, a short
      0,
      0,
      0,
      0
    };
    byte[] tagged = new byte[jpeg.length + exif.length];
    System.arraycopy(jpeg, 0, tagged, 0, 2);
    System.arraycopy(exif, 0, tagged, 2, exif.length);
    System.arraycopy(jpeg, 2, tagged, 2 + exif.length, jpeg.length - 2);
    return tagged;
  }

  /** The picture as a camera stores it that is held so that its viewer must undo the turn. */
  static BufferedImage stored(BufferedImage upright, int orientation) {
    int across = upright.getWidth();
    int down = upright.getHeight();
    boolean turned = orientation >= 5;
    BufferedImage stored =
        new BufferedImage(
            turned ? down : across, turned ? across : down, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < stored.getHeight(); row++) {
      for (int column = 0; column < stored.getWidth(); column++) {
        // Exif 2.3, tag 0x0112: where row 0 and column 0 are in the upright picture.
        int x =
            switch (orientation) {
              case 1, 4 -> column;
              case 2, 3 -> across - 1 - column;
              case 5, 8 -> row;
              default -> across - 1 - row;
            };
        int y =
            switch (orientation) {
              case 1, 2 -> row;
              case 3, 4 -> down - 1 - row;
              case 5, 6 -> column;
              default -> down - 1 - column;
            };
        stored.setRGB(column, row, upright.getRGB(x, y));
      }
    }
    return stored;
  }

  private static Mat mat(BufferedImage picture) {
    Mat mat = new Mat(picture.getHeight(), picture.getWidth(), opencv_core.CV_8UC3);
    java.nio.ByteBuffer values = mat.createBuffer();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int rgb = picture.getRGB(x, y);
        values.put((byte) rgb).put((byte) (rgb >> 8)).put((byte) (rgb >> 16));
      }
    }
    return mat;
  }

  private static byte[] encoded(Mat picture, String extension, int... settings) {
    try (BytePointer bytes = new BytePointer();
        IntPointer parameters = new IntPointer(settings)) {
      if (!imencode(extension, picture, bytes, parameters)) {
        throw new IllegalStateException("OpenCV must encode " + extension);
      }
      byte[] encoded = new byte[(int) bytes.limit()];
      bytes.get(encoded);
      return encoded;
    }
  }

  private static byte[] encoded(BufferedImage picture, String format, boolean progressive) {
    return encoded(new IIOImage(picture, null, null), format, progressive);
  }

  private static byte[] encoded(IIOImage picture, String format, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      if (format.equals("jpg")) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(0.95f);
        settings.setProgressiveMode(
            progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      }
      writer.setOutput(out);
      writer.write(null, picture, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
