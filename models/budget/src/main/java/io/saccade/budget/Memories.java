package io.saccade.budget;

/** Copies of memories, refused when they are another controller's. */
final class Memories {
  private Memories() {}

  static double[] copy(Controller controller, double[] memory) {
    if (!controller.accepts(memory)) {
      double[] own = controller.initialMemory();
      throw new IllegalArgumentException(
          "memory must have layout %s, %d finite entries, but had layout %s, %d entries; start from initialMemory()"
              .formatted(
                  own[0],
                  own.length,
                  memory.length == 0 ? "none" : String.valueOf(memory[0]),
                  memory.length));
    }
    return memory.clone();
  }
}
