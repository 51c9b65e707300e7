package io.saccade.gfnet.decode;

import io.saccade.gfnet.Limits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** A view and the buffers it writes into; one where a glance is as large as a patch. */
final class Seen implements AutoCloseable {
  final ViewShape shape;
  final FloatBuffer buffer;
  final FloatBuffer ofGlance;
  final View view;

  Seen(ViewShape shape) {
    this(shape, Limits.DEFAULT);
  }

  Seen(ViewShape shape, Limits limits) {
    this.shape = shape;
    buffer = buffer(shape.patchFloats());
    ofGlance = shape.glanceSize() == shape.patch() ? buffer : buffer(shape.glanceFloats());
    view = new View(shape, limits, ofGlance, buffer);
  }

  private static FloatBuffer buffer(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  Placement read(byte[] image) {
    try {
      view.read(image);
      return view.placement();
    } catch (UnreadablePicture e) {
      throw new AssertionError("must be readable: " + e.getMessage(), e);
    }
  }

  /** Why it cannot be read. */
  UnreadablePicture refusal(byte[] image) {
    try {
      view.read(image);
    } catch (UnreadablePicture e) {
      return e;
    }
    throw new AssertionError("read without complaint");
  }

  /** A glance at the middles of the four quarters. */
  int[] quarters() {
    view.glance();
    int near = shape.patch() / 4;
    int far = shape.patch() * 3 / 4;
    return new int[] {rgb(near, near), rgb(near, far), rgb(far, near), rgb(far, far)};
  }

  /** All three channels at a place in the buffer, rounded. */
  int rgb(int row, int column) {
    int rgb = 0;
    for (int channel = 0; channel < 3; channel++) {
      rgb = rgb << 8 | Math.round(buffer.get((row * shape.patch() + column) * 3 + channel));
    }
    return rgb;
  }

  float[] values() {
    float[] values = new float[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }

  @Override
  public void close() {
    view.close();
  }
}
