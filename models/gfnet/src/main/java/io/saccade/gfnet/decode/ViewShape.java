package io.saccade.gfnet.decode;

/**
 * How a picture becomes a view, and the view a glance.
 *
 * @param size S: the view is S x S
 * @param glanceSize G: a glance is G x G
 * @param patch P: a patch is P x P
 * @param glance how the view is shrunk to a glance
 * @param reducedDecode whether a JPEG may be decoded at 1/2, 1/4 or 1/8
 */
public record ViewShape(
    int size, int glanceSize, int patch, Fit fit, Shrink glance, boolean reducedDecode) {
  public ViewShape {
    if (glanceSize < 1 || glanceSize > size) {
      throw new IllegalArgumentException(
          "the glance must be within [1, %d], the size of the view, but was %d"
              .formatted(size, glanceSize));
    }
    if (patch < 1 || patch > size) {
      throw new IllegalArgumentException(
          "patch must be within [1, %d], the size of the view, but was %d".formatted(size, patch));
    }
    if (fit instanceof Fit.Crop crop && crop.resize() < size) {
      throw new IllegalArgumentException(
          "resize must be at least %d, the size of the view, but was %d"
              .formatted(size, crop.resize()));
    }
    if (fit instanceof Fit.Crop && reducedDecode) {
      throw new IllegalArgumentException(
          "reducedDecode must be false with a crop, whose pixels are Pillow's, but was true");
    }
  }

  /** With a glance as large as a patch. */
  public ViewShape(int size, int patch, Fit fit, Shrink glance, boolean reducedDecode) {
    this(size, patch, patch, fit, glance, reducedDecode);
  }

  /** G x G x 3. */
  int glanceFloats() {
    return glanceSize * glanceSize * 3;
  }

  /** P x P x 3. */
  int patchFloats() {
    return patch * patch * 3;
  }

  /**
   * First row or column of the patch that an action points to (Wang et al. 2020). The product is
   * float32: in double, some patches would lie one pixel off those the network was trained with.
   *
   * @param action 0 to 1 of the way a patch can move
   */
  public int offset(float action) {
    return (int) (action * (float) (size - patch));
  }
}
