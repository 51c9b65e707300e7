package io.saccade.camera.config;

/**
 * A part of the picture, in pixels of the stream; all else is cut off.
 *
 * @param x of its left edge, 0 or more
 * @param y of its upper edge, 0 or more
 * @param width 16 or more
 * @param height 16 or more
 */
public record Region(int x, int y, int width, int height) {
  private static final int LEAST = 16;

  /** Wider than any camera. */
  static final int MOST = 16_384;

  public Region {
    require("x", x, 0);
    require("y", y, 0);
    require("width", width, LEAST);
    require("height", height, LEAST);
  }

  private static void require(String name, int found, int least) {
    if (found < least || found > MOST) {
      throw new IllegalArgumentException(
          "%s must be within [%d, %d], but was %d".formatted(name, least, MOST, found));
    }
  }

  @Override
  public String toString() {
    return width + "x" + height + "+" + x + "+" + y;
  }
}
