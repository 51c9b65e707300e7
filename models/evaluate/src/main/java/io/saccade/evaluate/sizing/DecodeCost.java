package io.saccade.evaluate.sizing;

/**
 * CPU time of decoding a JPEG, by its size and by how far it may be reduced while it is decoded:
 * straight lines through what OpenCV took for 640 x 480 and 1280 x 720 on a core of the machine
 * that the figures are of.
 */
final class DecodeCost {
  /** A reduction, and milliseconds: of any picture, and of a million pixels. */
  private record Line(int reduction, double base, double perMegapixel) {}

  private static final Line FULL = new Line(1, 0.15, 4.39);

  private static final Line[] REDUCED = {
    new Line(8, 0.10, 2.60), new Line(4, 0.10, 2.93), new Line(2, 0.05, 3.42)
  };

  private DecodeCost() {}

  /**
   * Milliseconds for a picture.
   *
   * @param viewSide both sides stay at least this long
   * @param reduces whether the bundle allows decoding at a reduced size
   */
  static double millis(Resolution resolution, int viewSide, boolean reduces) {
    Line line = line(resolution, viewSide, reduces);
    return line.base() + line.perMegapixel() * resolution.megapixels();
  }

  private static Line line(Resolution resolution, int viewSide, boolean reduces) {
    if (reduces) {
      for (Line line : REDUCED) {
        int side = (resolution.shortSide() + line.reduction() - 1) / line.reduction();
        if (side >= viewSide) {
          return line;
        }
      }
    }
    return FULL;
  }
}
