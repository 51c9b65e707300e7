package io.saccade.camera.network;

import java.util.OptionalInt;

/**
 * Tells a stream's next time before it is there: the last one and the least step of late. Pure
 * arithmetic on RTP's 32 bits, which wrap; not thread-safe.
 */
final class Beat {
  static final int REMEMBERED = 16;

  /** Ten seconds of RTP's 90 kHz: what is more is a jump. */
  private static final int MOST = 900_000;

  private final int[] steps = new int[REMEMBERED];
  private int counted;
  private boolean begun;
  private boolean disorderly;
  private int last;
  private int told;

  /**
   * The time to expect after this one.
   *
   * @return empty after the first one and after a jump; and for good where times once went back or
   *     stood still: pictures that are not sent in their order, or ends that are none
   */
  OptionalInt after(int time) {
    int step = time - last;
    last = time;
    if (!begun) {
      begun = true;
      told = time;
      return OptionalInt.empty();
    }
    disorderly |= step <= 0 && step > -MOST;
    if (disorderly || step <= 0 || step > MOST) {
      return OptionalInt.empty();
    }
    steps[counted++ % REMEMBERED] = step;
    int least = step;
    for (int i = 0; i < Math.min(counted, REMEMBERED); i++) {
      least = Math.min(least, steps[i]);
    }
    // What is told must grow as well.
    int next = time + least;
    told = next - told > 0 || told - next > MOST ? next : told + 1;
    return OptionalInt.of(told);
  }
}
