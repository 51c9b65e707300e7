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

  static Placement of(ViewShape shape, int width, int height) {
    if (!shape.square()) {
      return new Placement(0, 0, width, height, shape.size());
    }
    int side = Math.min(width, height);
    return new Placement((width - side) / 2, (height - side) / 2, side, side, shape.size());
  }

  /** The picture column of a view column. */
  public int column(int viewColumn) {
    return x + scaled(viewColumn, width);
  }

  /** The picture row of a view row. */
  public int row(int viewRow) {
    return y + scaled(viewRow, height);
  }

  /** To the nearest edge, so that boxes that touch in the view touch in the picture. */
  private int scaled(int at, int side) {
    return (int) (((long) at * side * 2 + size) / (2L * size));
  }
}
