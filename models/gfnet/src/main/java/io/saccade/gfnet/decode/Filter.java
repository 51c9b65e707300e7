package io.saccade.gfnet.decode;

/** How much a pixel counts by its distance, as Pillow has it. */
public enum Filter {
  BILINEAR(1) {
    @Override
    double weight(double distance) {
      return distance < 1 ? 1 - distance : 0;
    }
  },
  /** With a = -0.5, where the glance's has -0.75. */
  BICUBIC(2) {
    @Override
    double weight(double distance) {
      if (distance < 1) {
        return ((A + 2) * distance - (A + 3)) * distance * distance + 1;
      }
      return distance < 2 ? (((distance - 5) * distance + 8) * distance - 4) * A : 0;
    }
  };

  private static final double A = -0.5;

  /** No pixel further away counts. */
  final double reach;

  Filter(double reach) {
    this.reach = reach;
  }

  /**
   * @param distance at least 0
   */
  abstract double weight(double distance);
}
