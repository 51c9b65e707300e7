package io.saccade.job.classify;

import io.saccade.job.control.Clock;

/** A clock that goes only when told to. */
final class FakeClock implements Clock {
  static final long START_MILLIS = 1_760_000_000_000L;

  private long nanos = START_MILLIS * 1_000_000;
  private long cpuNanos;

  /** Time passes, and nothing is done. */
  void pass(long nanos) {
    this.nanos += nanos;
  }

  /** Work is done. */
  void work(long nanos) {
    this.nanos += nanos;
    cpuNanos += nanos;
  }

  long millis() {
    return nanos / 1_000_000;
  }

  @Override
  public long epochNanos() {
    return nanos;
  }

  @Override
  public long elapsedNanos() {
    return nanos;
  }

  @Override
  public long threadCpuNanos() {
    return cpuNanos;
  }
}
