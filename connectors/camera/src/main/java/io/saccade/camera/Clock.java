package io.saccade.camera;

import java.util.concurrent.TimeUnit;

/** Time as the cameras live in it. */
public interface Clock {
  /** Monotone, from an arbitrary start. */
  long nanos();

  /** Milliseconds since 1970. */
  long epochMillis();

  /** Waits until {@link #nanos} has reached a time; not at all if it has. */
  void sleepUntil(long nanos) throws InterruptedException;

  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long epochMillis() {
          return System.currentTimeMillis();
        }

        @Override
        public void sleepUntil(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        }
      };
}
