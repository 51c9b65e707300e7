package io.saccade.quickstart;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or a SIGTERM as a wish that can be waited for. The process then ends when this is closed,
 * or after some seconds at the latest.
 */
public final class Interruption implements AutoCloseable {
  /** Longest that the process waits for its orderly end. */
  private static final Duration PATIENCE = Duration.ofMillis(4_500);

  private final CountDownLatch wished = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "interruption");

  private Interruption() {}

  /** From now on the signals are caught. */
  public static Interruption caught() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void interrupted() {
    wished.countDown();
    try {
      if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("saccade: stopping took too long, some temporary files may be left");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the end is wished for. */
  public boolean wished() {
    return wished.getCount() == 0;
  }

  /** Waits until the end is wished for, at most so long; tells whether it is. */
  public boolean await(Duration atMost) throws InterruptedException {
    return wished.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits until the end is wished for. */
  public void await() throws InterruptedException {
    wished.await();
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }
}
