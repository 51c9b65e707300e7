package io.saccade.job.control;

import java.io.Serializable;

/** Where time is read. Passed in, so that tests can say what time it is. */
public interface Clock extends Serializable {
  /** Wall clock, nanoseconds since 1970. */
  long epochNanos();

  /** Nanoseconds from an arbitrary moment, never going back. */
  long elapsedNanos();

  /** CPU time of the calling thread so far, nanoseconds. */
  long threadCpuNanos();
}
