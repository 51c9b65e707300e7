package io.saccade.bench;

import io.saccade.wire.Label;
import java.util.concurrent.atomic.AtomicLong;

/** Counts labels as they come, and how many looks they tell of. Safe for use by several threads. */
final class Counter {
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong looks = new AtomicLong();

  void count(Label label) {
    if (!label.outcome().equals(Label.CLASSIFIED)) {
      throw new IllegalStateException(
          "every frame must be classified while measuring, but one was %s, %s"
              .formatted(label.outcome(), label.reason()));
    }
    looks.addAndGet(label.looks().size());
    frames.incrementAndGet();
  }

  long frames() {
    return frames.get();
  }

  /** What is counted while a stretch of time passes. */
  Throughput over(long nanos) throws InterruptedException {
    long framesBefore = frames.get();
    long looksBefore = looks.get();
    long start = System.nanoTime();
    Pause.nanos(nanos);
    long counted = frames.get() - framesBefore;
    return new Throughput(counted, System.nanoTime() - start, looks.get() - looksBefore);
  }
}
