package io.saccade.camera.kafka;

import io.saccade.camera.Drop;
import io.saccade.camera.FrameSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Counts what becomes of frames. */
final class Receipts implements FrameSink.Receipt {
  private final AtomicLong acknowledged = new AtomicLong();
  private final Map<Drop, Long> dropped = new ConcurrentHashMap<>();

  @Override
  public void acknowledged() {
    acknowledged.incrementAndGet();
  }

  @Override
  public void dropped(Drop reason) {
    dropped.merge(reason, 1L, Long::sum);
  }

  long taken() {
    return acknowledged.get();
  }

  Map<Drop, Long> dropped() {
    return Map.copyOf(dropped);
  }

  long settled() {
    return taken() + dropped().values().stream().mapToLong(Long::longValue).sum();
  }

  static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("it did not become so within 20 s");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
