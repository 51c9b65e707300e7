package io.saccade.gfnet.onnx;

/**
 * The sizes that fix every tensor's shape.
 *
 * @param glance G: what the first look sees is G x G x 3
 * @param patch P: what a later look sees is P x P x 3
 * @param classes K
 * @param memory M: floats carried from look to look
 */
public record GraphShapes(int glance, int patch, int classes, int memory) {
  public GraphShapes {
    if (glance < 1 || patch < 1 || classes < 1 || memory < 1) {
      throw new IllegalArgumentException(
          "glance, patch, classes and memory must be at least 1, but were %d, %d, %d and %d"
              .formatted(glance, patch, classes, memory));
    }
  }

  long[] glanceShape() {
    return new long[] {1, glance, glance, 3};
  }

  long[] patchShape() {
    return new long[] {1, patch, patch, 3};
  }

  long[] probabilitiesShape() {
    return new long[] {1, classes};
  }

  long[] actionShape() {
    return new long[] {1, 2};
  }

  long[] memoryShape() {
    return new long[] {1, memory};
  }
}
