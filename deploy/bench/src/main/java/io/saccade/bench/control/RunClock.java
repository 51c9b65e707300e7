package io.saccade.bench.control;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Time since the start of a run, which may lie a little ahead.
 *
 * @param startMillis wall clock at the start, milliseconds since 1970
 * @param startNanos {@link System#nanoTime} at the start
 */
record RunClock(long startMillis, long startNanos) {

  static RunClock startingIn(Duration delay) {
    return new RunClock(
        System.currentTimeMillis() + delay.toMillis(), System.nanoTime() + delay.toNanos());
  }

  /** Waits for a moment of the run; returns at once when it has passed. */
  void await(double seconds) throws InterruptedException {
    long left = startNanos + (long) (seconds * 1e9) - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  /** Nanoseconds from the start to a moment of the wall clock. */
  long nanosTo(long epochNanos) {
    return epochNanos - startMillis * 1_000_000;
  }

  /** As above, from milliseconds since 1970. */
  long nanosToMillis(long epochMillis) {
    return (epochMillis - startMillis) * 1_000_000;
  }
}
