package io.saccade.gfnet.decode;

/**
 * One side of a picture that is resized so that its shorter side is R, and then cut to the middle
 * S: as torchvision's {@code Resize(R)} and {@code CenterCrop(S)} count.
 *
 * @param side of the picture
 * @param resized what it becomes
 * @param first of the S resized pixels that stay
 * @param size S
 */
record ResizedCrop(int side, int resized, int first, int size) {

  /**
   * @param side the one in question
   * @param other the picture's other side
   * @param resize R
   */
  static ResizedCrop of(int side, int other, int resize, int size) {
    int resized = side <= other ? resize : (int) ((double) ((long) resize * side) / other);
    // Halves go to the even neighbour, as in Python.
    return new ResizedCrop(side, resized, (int) Math.rint((resized - size) / 2.0), size);
  }

  /** Where the cut begins, in pixels of the picture. */
  int begin() {
    return Math.min(at(first), side - 1);
  }

  /** How many pixels of the picture it covers, at least one. */
  int covered() {
    return Math.max(1, at(first + size) - begin());
  }

  private int at(int resizedPixel) {
    return (int) Math.round((double) resizedPixel * side / resized);
  }
}
