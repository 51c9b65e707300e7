package io.saccade.gfnet;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * A ground, eight rectangles and some grain, 48 to 175 pixels a side: the same picture as {@code
 * picture_of} in reference.py of models/training makes of that seed, to the bit.
 */
final class SeededPicture {
  private SeededPicture() {}

  static BufferedImage of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int width = 48 + (int) (random.nextLong() >>> 57);
    int height = 48 + (int) (random.nextLong() >>> 57);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    fill(picture, 0, 0, width, height, (int) random.nextLong());
    for (int rectangle = 0; rectangle < 8; rectangle++) {
      long across = random.nextLong();
      long down = random.nextLong();
      int left = (int) ((across >>> 48) % width);
      int top = (int) ((down >>> 48) % height);
      int wide = 4 + (int) (across & 63);
      int high = 4 + (int) (down & 63);
      fill(picture, left, top, wide, high, (int) random.nextLong());
    }
    SplittableRandom grain = new SplittableRandom(seed ^ 0x5ACCADE);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
          int level = (picture.getRGB(x, y) >> shift & 255) + (int) (grain.nextLong() >>> 60);
          rgb |= Math.min(255, level) << shift;
        }
        picture.setRGB(x, y, rgb);
      }
    }
    return picture;
  }

  private static void fill(BufferedImage picture, int left, int top, int wide, int high, int rgb) {
    for (int y = top; y < Math.min(picture.getHeight(), top + high); y++) {
      for (int x = left; x < Math.min(picture.getWidth(), left + wide); x++) {
        picture.setRGB(x, y, rgb & 0xffffff);
      }
    }
  }
}
