package io.saccade.camera;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what becomes of frames. Safe for use by several threads. */
final class Tally implements FrameSink.Receipt {
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final Map<Drop, Long> dropped = new ConcurrentHashMap<>();

  void sent() {
    sent.incrementAndGet();
  }

  @Override
  public void acknowledged() {
    acknowledged.incrementAndGet();
  }

  @Override
  public void dropped(Drop reason) {
    dropped(reason, 1);
  }

  void dropped(Drop reason, long frames) {
    dropped.merge(reason, frames, Long::sum);
  }

  Counts counts() {
    // What was settled is read first, so that no more is settled than was sent.
    Map<Drop, Long> reasons = Map.copyOf(dropped);
    long taken = acknowledged.get();
    return new Counts(sent.get(), taken, reasons);
  }
}
