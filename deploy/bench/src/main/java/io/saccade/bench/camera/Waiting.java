package io.saccade.bench.camera;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what others do. */
public final class Waiting {
  private static final long LOOK_MILLIS = 20;

  private Waiting() {}

  /**
   * Waits until something has become so.
   *
   * @return seconds waited
   * @throws IllegalStateException when it has not become so in time, saying what was wanted
   */
  public static double until(String wanted, Duration atMost, BooleanSupplier so)
      throws InterruptedException {
    return until(() -> wanted, atMost, so);
  }

  /** The same with words that are found when they are needed. */
  public static double until(Supplier<String> wanted, Duration atMost, BooleanSupplier so)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() - start > atMost.toNanos()) {
        throw new IllegalStateException(
            "within %d s: expected that %s, but it did not become so"
                .formatted(atMost.toSeconds(), wanted.get()));
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
