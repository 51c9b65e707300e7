package io.saccade.gfnet.decode;

/** How a picture becomes the S x S view (docs/bundle.md). */
public sealed interface Fit {
  Fit STRETCH = new Stretch();
  Fit SQUARE = new Square();

  /** The whole picture, each side scaled on its own. */
  record Stretch() implements Fit {
    @Override
    public Placement placement(int width, int height, int size) {
      return new Placement(0, 0, width, height, size);
    }
  }

  /** The centred largest square. */
  record Square() implements Fit {
    @Override
    public Placement placement(int width, int height, int size) {
      int side = Math.min(width, height);
      return new Placement((width - side) / 2, (height - side) / 2, side, side, size);
    }
  }

  /**
   * The shorter side is resized to {@code resize} the way Pillow does it, and the centred S x S
   * pixels of that are the view: how networks for ImageNet are fed.
   *
   * @param resize at least S
   */
  record Crop(int resize, Filter filter) implements Fit {
    @Override
    public Placement placement(int width, int height, int size) {
      ResizedCrop across = ResizedCrop.of(width, height, resize, size);
      ResizedCrop down = ResizedCrop.of(height, width, resize, size);
      return new Placement(across.begin(), down.begin(), across.covered(), down.covered(), size);
    }
  }

  /** Where the view lies in an upright picture of this size. */
  Placement placement(int width, int height, int size);
}
