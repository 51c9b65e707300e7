package io.saccade.job.kafka;

/** Where a partition is read from when the consumer group has committed no offset in it. */
public enum StartFrom {
  /**
   * Frames captured within the minute before the job was made. So a frame that was sent while the
   * job still started gets its label; most of these frames are too old to be looked at, and say so.
   */
  RECENT,
  /** Only frames that come from now on. */
  LATEST,
  /** Every frame that the topic still holds. */
  EARLIEST
}
