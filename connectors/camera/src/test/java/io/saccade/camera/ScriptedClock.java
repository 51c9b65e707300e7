package io.saccade.camera;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only by sleeping and by {@link #pass}, and stands still at the end. */
final class ScriptedClock implements Clock {
  static final long START_MILLIS = 1_700_000_000_000L;

  private static final long ORIGIN = -5_000_000_000L;

  private final AtomicLong now = new AtomicLong(ORIGIN);
  private final long end;
  private final CountDownLatch ended = new CountDownLatch(1);

  ScriptedClock(long lengthMillis) {
    end = ORIGIN + TimeUnit.MILLISECONDS.toNanos(lengthMillis);
  }

  void pass(long millis) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  void awaitEnd() throws InterruptedException {
    if (!ended.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the scripted time did not come to its end");
    }
  }

  @Override
  public long nanos() {
    return now.get();
  }

  @Override
  public long epochMillis() {
    return START_MILLIS + TimeUnit.NANOSECONDS.toMillis(now.get() - ORIGIN);
  }

  @Override
  public void sleepUntil(long nanos) throws InterruptedException {
    if (Math.max(nanos, now.get()) >= end) {
      ended.countDown();
      new CountDownLatch(1).await();
    }
    now.accumulateAndGet(nanos, Math::max);
  }
}
