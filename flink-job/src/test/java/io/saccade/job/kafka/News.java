package io.saccade.job.kafka;

import io.saccade.wire.Status;

/** News of subtasks as they go on the wire. */
final class News {
  private News() {}

  static Status of(String job, int subtask, int parallelism, double fullCores) {
    Status.Demand demand = new Status.Demand(100, 0.3, fullCores, 0.95, 1, false);
    return of(job, subtask, parallelism, demand);
  }

  static Status of(String job, int subtask, int parallelism, Status.Demand demand) {
    return Status.news(
        new Status.From(subtask, parallelism, 1_760_000_000_000L, 0, job), demand, null);
  }
}
