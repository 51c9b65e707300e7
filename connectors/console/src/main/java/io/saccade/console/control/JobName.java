package io.saccade.console.control;

import io.saccade.wire.Status;

/**
 * Name of a job among those that share the topics.
 *
 * @param name its consumer group; empty when it has not said
 */
public record JobName(String name) implements Comparable<JobName> {

  /** Of the job that has said it. */
  public static JobName of(Status said) {
    String name = said.job();
    return new JobName(name == null ? "" : name);
  }

  /** For people, among so many jobs: one alone needs no name. */
  public String among(int jobs) {
    if (jobs == 1) {
      return "the job";
    }
    return name.isEmpty() ? "the job without a name" : "job " + name;
  }

  @Override
  public int compareTo(JobName other) {
    return name.compareTo(other.name);
  }
}
