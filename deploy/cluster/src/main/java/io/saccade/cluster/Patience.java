package io.saccade.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what others do. */
public final class Patience {
  private static final long LOOK_MILLIS = 50;

  private Patience() {}

  /** Whether something is so. */
  public interface Condition {
    boolean holds() throws InterruptedException;
  }

  /** Waits until something is so, at most so long; tells whether it is. */
  public static boolean until(Duration atMost, Condition condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > atMost.toNanos()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return true;
  }
}
