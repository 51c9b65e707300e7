package io.saccade.bench;

import java.time.Duration;

/** One way to classify the same pictures at the same operating point on one thread. */
interface Way extends AutoCloseable {

  /**
   * Classifies as many frames as it can for a while.
   *
   * @param warmUp not counted
   * @param counted how long frames are counted
   */
  Throughput run(Duration warmUp, Duration counted) throws Exception;

  /** Lets go of what is its own; a job ends with its cluster. */
  @Override
  void close();
}
