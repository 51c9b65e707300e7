package io.saccade.job.control;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;

/** The clocks of this machine. */
public record SystemClock() implements Clock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Override
  public long epochNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }

  @Override
  public long elapsedNanos() {
    return System.nanoTime();
  }

  @Override
  public long threadCpuNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
