package io.saccade.gfnet.decode;

/**
 * Where the view lies in its picture: upright, at full size, however it was decoded.
 *
 * @param x left edge of the part that is the view, in picture pixels
 * @param y its top edge
 * @param width of that part
 * @param height of that part
 * @param size S of the view
 */
public record Placement(int x, int y, int width, int height, int size) {
  /**
   * The part of the picture that a square of the view shows, at least one pixel: a picture may be
   * smaller than what the view makes of it.
   *
   * @param top in view pixels, as left and side
   */
  public Box box(int top, int left, int side) {
    int boxX = Math.min(scaled(left, width), width - 1);
    int boxY = Math.min(scaled(top, height), height - 1);
    return new Box(
        x + boxX,
        y + boxY,
        Math.max(1, scaled(left + side, width) - boxX),
        Math.max(1, scaled(top + side, height) - boxY));
  }

  /** In picture pixels. */
  public record Box(int x, int y, int width, int height) {}

  /** To the nearest edge, so that boxes that touch in the view touch in the picture. */
  private int scaled(int at, int side) {
    return (int) (((long) at * side * 2 + size) / (2L * size));
  }
}
