package io.saccade.gfnet.decode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Resizes a picture and keeps its middle, bit for bit as Pillow's {@code resize} and a crop would,
 * but without the pixels that the crop throws away. Not thread-safe.
 */
final class PillowCrop {
  private static final int CHANNELS = 3;

  /**
   * Bytes of a larger crop are not kept, so that one huge picture does not hold 100 MB for ever.
   */
  private static final int MOST_KEPT = 27_000_000;

  private final Fit.Crop crop;
  private final int size;
  private ResizedCrop across;
  private ResizedCrop down;
  private PillowTaps columns;
  private PillowTaps rows;

  /** What of the picture is needed, blue, green and red; as long as the largest picture so far. */
  private byte[] source = new byte[0];

  /** The same rows, their columns resized. */
  private byte[] narrowed = new byte[0];

  private final byte[] line;

  PillowCrop(Fit.Crop crop, int size) {
    this.crop = crop;
    this.size = size;
    line = new byte[size * CHANNELS];
    across = ResizedCrop.of(size, size, crop.resize(), size);
    down = across;
    columns = PillowTaps.of(across, crop.filter());
    rows = columns;
  }

  /**
   * Fills the view.
   *
   * @param picture BGR
   * @param view RGB, S x S
   */
  void cut(Mat picture, Mat view) {
    measure(picture.cols(), picture.rows());
    read(picture);
    narrow();
    for (int y = 0; y < size; y++) {
      int above = (rows.first()[y] - rows.from()) * line.length;
      for (int x = 0; x < line.length; x += CHANNELS) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          line[x + CHANNELS - 1 - channel] =
              rows.resized(y, narrowed, above + x + channel, line.length);
        }
      }
      try (BytePointer row = view.ptr(y)) {
        row.put(line, 0, line.length);
      }
    }
  }

  /** A camera's frames are all of one size: weights are made when that changes. */
  private void measure(int width, int height) {
    if (across.side() == width && down.side() == height) {
      return;
    }
    across = ResizedCrop.of(width, height, crop.resize(), size);
    down = ResizedCrop.of(height, width, crop.resize(), size);
    columns = PillowTaps.of(across, crop.filter());
    rows = PillowTaps.of(down, crop.filter());
  }

  private void read(Mat picture) {
    int from = columns.from() * CHANNELS;
    int length = columns.to() * CHANNELS - from;
    int count = rows.to() - rows.from();
    int needed = count * length;
    if (source.length < needed || (source.length > MOST_KEPT && needed < MOST_KEPT)) {
      source = new byte[needed];
    }
    for (int row = 0; row < count; row++) {
      try (BytePointer pixels = picture.ptr(rows.from() + row)) {
        pixels.position(from).get(source, row * length, length);
      }
    }
  }

  private void narrow() {
    int count = rows.to() - rows.from();
    int length = (columns.to() - columns.from()) * CHANNELS;
    if (narrowed.length < count * line.length) {
      narrowed = new byte[count * line.length];
    }
    for (int row = 0; row < count; row++) {
      for (int x = 0; x < size; x++) {
        int before = row * length + (columns.first()[x] - columns.from()) * CHANNELS;
        for (int channel = 0; channel < CHANNELS; channel++) {
          narrowed[row * line.length + x * CHANNELS + channel] =
              columns.resized(x, source, before + channel, CHANNELS);
        }
      }
    }
  }
}
