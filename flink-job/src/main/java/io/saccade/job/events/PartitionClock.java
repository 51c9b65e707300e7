package io.saccade.job.events;

/**
 * How far one partition has got, in event time. It goes with the newest capture time, so that a
 * backlog makes no camera silent; while nothing comes at all it goes with the wall clock. Not safe
 * to share between threads.
 */
final class PartitionClock {
  private long newestMillis;
  private long arrivedMillis;

  /** Starts from an event time, at {@code nowMillis} on the wall clock. */
  PartitionClock(long newestMillis, long nowMillis) {
    this.newestMillis = Math.max(0, newestMillis);
    this.arrivedMillis = nowMillis;
  }

  /** Takes in a frame; a capture time from the future counts as now. */
  void advance(long capturedMillis, long nowMillis) {
    newestMillis = Math.max(newestMillis, Math.min(capturedMillis, nowMillis));
    arrivedMillis = nowMillis;
  }

  /** The partition's event time. */
  long millis(long nowMillis) {
    return newestMillis + Math.max(0, nowMillis - arrivedMillis);
  }
}
