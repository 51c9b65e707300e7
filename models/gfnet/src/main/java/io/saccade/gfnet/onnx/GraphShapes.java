package io.saccade.gfnet.onnx;

/**
 * The sizes that fix every tensor's shape.
 *
 * @param patch P: a view is P x P x 3
 * @param classes K
 * @param memory M: floats carried from look to look
 */
public record GraphShapes(int patch, int classes, int memory) {
  public GraphShapes {
    if (patch < 1 || classes < 1 || memory < 1) {
      throw new IllegalArgumentException(
          "patch, classes and memory must be at least 1, but were %d, %d and %d"
              .formatted(patch, classes, memory));
    }
  }

  long[] viewShape() {
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
