package io.saccade.gfnet.decode;

/**
 * How a picture becomes a view.
 *
 * @param size S: the view is S x S
 * @param patch P: a glance and a patch are P x P
 * @param square whether the centred largest square is shown rather than the whole, stretched
 * @param reducedDecode whether a JPEG may be decoded at 1/2, 1/4 or 1/8
 */
public record ViewShape(int size, int patch, boolean square, boolean reducedDecode) {
  public ViewShape {
    if (patch < 1 || patch > size) {
      throw new IllegalArgumentException(
          "patch must be within [1, %d], the size of the view, but was %d".formatted(size, patch));
    }
  }
}
