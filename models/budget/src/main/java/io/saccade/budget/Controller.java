package io.saccade.budget;

/**
 * Turns observations into operating points. A pure function: the same memory, settings and
 * observation give the same decision, bit for bit, so that a log can be replayed.
 */
public interface Controller {

  /** The memory before anything was seen. */
  double[] initialMemory();

  /**
   * Decides at a tick. Changes neither argument.
   *
   * @throws IllegalArgumentException when this controller does not {@link #accepts accept} the
   *     memory
   */
  Decision next(double[] memory, Settings settings, Observation seen);

  /**
   * Whether this controller can go on from this memory: it was written by the same law with the
   * same layout. A memory restored from elsewhere (another release, another law) is refused; start
   * from {@link #initialMemory} then. Entry 0 of every memory names its layout.
   */
  default boolean accepts(double[] memory) {
    double[] own = initialMemory();
    if (memory.length != own.length || memory[0] != own[0]) {
      return false;
    }
    for (double entry : memory) {
      if (!Double.isFinite(entry)) {
        return false;
      }
    }
    return true;
  }

  /** An operating point, and the memory to pass with the next observation. */
  record Decision(OperatingPoint point, double[] memory) {}
}
