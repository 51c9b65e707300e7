package io.saccade.quickstart;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition rather than for a time. */
final class Waiting {
  private static final Duration LOOK = Duration.ofMillis(20);

  private Waiting() {}

  /** The same with a description that is made only when it is needed. */
  static void until(Callable<String> what, Duration atMost, Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "%s must be so within %s, but is not".formatted(what.call(), atMost));
      }
      Thread.sleep(LOOK.toMillis());
    }
  }

  /** Returns once the condition holds; fails when it does not within the time. */
  static void until(String what, Duration atMost, Callable<Boolean> condition) throws Exception {
    until(() -> what, atMost, condition);
  }
}
