package io.saccade.gfnet;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU time of the calling thread: it stands still while another process has the core. */
final class CpuClock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean COUNTS =
      THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

  private CpuClock() {}

  /** For differences only. Elapsed time where the JVM cannot tell CPU time. */
  static long nanos() {
    return COUNTS ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
  }
}
