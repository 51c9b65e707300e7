package io.saccade.cluster.chaos;

import java.util.Locale;

/** What is done to a process. */
public enum FaultKind {
  /** One that has tasks of the job ends without warning; the keeper starts another. */
  KILL_TASKMANAGER,
  KILL_JOBMANAGER,
  /** The broker ends without warning, and is started again at once. */
  KILL_BROKER,
  /** A TaskManager with tasks, the JobManager or the broker stands still for a while. */
  FREEZE;

  /** As it stands in reports and on command lines: {@code kill-broker}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
