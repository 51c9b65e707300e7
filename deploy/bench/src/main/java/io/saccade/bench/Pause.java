package io.saccade.bench;

import java.util.concurrent.TimeUnit;

/** Lets time pass while others work. */
final class Pause {
  private Pause() {}

  static void nanos(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos);
  }
}
