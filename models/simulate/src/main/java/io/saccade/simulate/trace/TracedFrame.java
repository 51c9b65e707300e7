package io.saccade.simulate.trace;

import java.util.List;

/**
 * One recorded frame: what each look said, and what it cost.
 *
 * @param decodeNanos CPU time from encoded picture to view
 * @param looks in the order taken, all T of them
 */
public record TracedFrame(long decodeNanos, List<TracedLook> looks) {

  /**
   * One look.
   *
   * @param nanos CPU time
   * @param confidence largest probability after it
   * @param right whether the most probable class was the true one
   */
  public record TracedLook(long nanos, float confidence, boolean right) {
    public TracedLook {
      if (nanos < 0) {
        throw new IllegalArgumentException("CPU time must be at least 0 ns, but was " + nanos);
      }
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException(
            "confidence must be within [0, 1], but was " + confidence);
      }
    }
  }

  public TracedFrame {
    looks = List.copyOf(looks);
    if (decodeNanos < 0) {
      throw new IllegalArgumentException("CPU time must be at least 0 ns, but was " + decodeNanos);
    }
    if (looks.isEmpty()) {
      throw new IllegalArgumentException("a frame must have at least 1 look, but had 0");
    }
  }

  /** Looks taken when thresholds alone decide: the rule of the network's exit, in float32. */
  public int looksUnder(float[] thresholds) {
    int look = 1;
    while (look < looks.size() && looks.get(look - 1).confidence() < thresholds[look - 1]) {
      look++;
    }
    return look;
  }

  /** CPU time of decoding and so many looks. */
  public long nanos(int taken) {
    long nanos = decodeNanos;
    for (int look = 0; look < taken; look++) {
      nanos += looks.get(look).nanos();
    }
    return nanos;
  }

  /** Whether the answer after so many looks was right. */
  public boolean right(int taken) {
    return looks.get(taken - 1).right();
  }
}
