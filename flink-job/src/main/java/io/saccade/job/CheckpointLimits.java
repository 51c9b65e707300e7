package io.saccade.job;

/**
 * How much may go wrong with checkpoints, above all of {@link Delivery#EXACTLY_ONCE}. A transaction
 * is open from one checkpoint until the next that succeeds, and is committed then, or after a
 * downtime. When Kafka gives it up before, its labels are lost. So after a few failed checkpoints
 * the job fails over: to the last one that succeeded, from where frames are read again.
 *
 * @param intervalMillis time from checkpoint to checkpoint
 * @param longestDowntimeMillis the job is back within this time after a failure
 */
record CheckpointLimits(long intervalMillis, long longestDowntimeMillis) {
  /**
   * Of either delivery: a checkpoint writes a few hundred KiB; one that takes longer does not
   * succeed any more.
   */
  static final long TIMEOUT_MILLIS = 30_000;

  /** Between the end of a checkpoint and the start of the next. */
  long pauseMillis() {
    return intervalMillis / 2;
  }

  /** From the start of a checkpoint to that of the next, at most. */
  long slowestMillis() {
    return Math.max(intervalMillis, TIMEOUT_MILLIS + pauseMillis());
  }

  /**
   * A transaction lasts so long at most when no failure is tolerated: from the start of a slow
   * checkpoint to the end of another one, and the downtime.
   */
  long longestTransactionMillis() {
    return 2 * slowestMillis() + longestDowntimeMillis;
  }

  /** Failures in a row that can be tolerated; the one after them makes the job fail over. */
  int tolerated(long transactionTimeoutMillis) {
    long spare = transactionTimeoutMillis - longestTransactionMillis() - 1;
    return (int) Math.max(0, spare / slowestMillis());
  }
}
