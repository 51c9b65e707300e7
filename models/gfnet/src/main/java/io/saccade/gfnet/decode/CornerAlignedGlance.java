package io.saccade.gfnet.decode;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Shrinks a view as PyTorch's {@code interpolate(align_corners=True)} does: no antialiasing, no
 * rounding, no clamping. That much is lost between the pixels is part of what the network learnt.
 * PyTorch resizes normalised values; as the weights of a pixel sum to 1, normalising afterwards is
 * the same. Not thread-safe.
 */
final class CornerAlignedGlance {
  /** PyTorch's; most others have -0.5. */
  private static final float A = -0.75f;

  private static final int CHANNELS = 3;

  private final int size;
  private final int side;

  /** Per glance pixel along a side, the view pixels that it is made of. */
  private final int[][] taps;

  private final float[][] weights;
  private final byte[] view;
  private final float[] narrowed;
  private final float[] line;

  CornerAlignedGlance(int size, int side, boolean cubic) {
    this.size = size;
    this.side = side;
    taps = new int[side][];
    weights = new float[side][];
    float scale = side > 1 ? (float) (size - 1) / (side - 1) : 0;
    for (int i = 0; i < side; i++) {
      float at = i * scale;
      int before = Math.min((int) at, size - 1);
      float beyond = at - before;
      taps[i] = cubic ? taps(before - 1, 4) : taps(before, 2);
      weights[i] =
          cubic
              ? new float[] {far(beyond + 1), near(beyond), near(1 - beyond), far(2 - beyond)}
              : new float[] {1 - beyond, beyond};
    }
    view = new byte[size * size * CHANNELS];
    narrowed = new float[size * side * CHANNELS];
    line = new float[side * CHANNELS];
  }

  /** The edge goes on for ever. */
  private int[] taps(int first, int count) {
    int[] taps = new int[count];
    for (int i = 0; i < count; i++) {
      taps[i] = Math.max(0, Math.min(size - 1, first + i));
    }
    return taps;
  }

  /** Keys' kernel within a distance of 1. */
  private static float near(float x) {
    return ((A + 2) * x - (A + 3)) * x * x + 1;
  }

  /** Keys' kernel from a distance of 1 to 2. */
  private static float far(float x) {
    return ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
  }

  /**
   * Fills the buffer.
   *
   * @param picture the view, S x S, RGB
   * @param seen G x G x 3
   */
  void shrink(Mat picture, FloatBuffer seen) {
    try (BytePointer pixels = picture.data()) {
      pixels.get(view, 0, view.length);
    }
    for (int row = 0; row < size; row++) {
      for (int x = 0; x < side; x++) {
        narrow(row, x);
      }
    }
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < line.length; x++) {
        float sum = 0;
        for (int tap = 0; tap < taps[y].length; tap++) {
          sum += weights[y][tap] * narrowed[taps[y][tap] * line.length + x];
        }
        line[x] = sum;
      }
      seen.put(y * line.length, line);
    }
  }

  private void narrow(int row, int x) {
    int from = row * size * CHANNELS;
    int to = (row * side + x) * CHANNELS;
    for (int channel = 0; channel < CHANNELS; channel++) {
      float sum = 0;
      for (int tap = 0; tap < taps[x].length; tap++) {
        sum += weights[x][tap] * (view[from + taps[x][tap] * CHANNELS + channel] & 0xff);
      }
      narrowed[to + channel] = sum;
    }
  }
}
