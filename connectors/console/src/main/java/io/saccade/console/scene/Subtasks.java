package io.saccade.console.scene;

import io.saccade.console.control.JobName;
import io.saccade.wire.Status;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The newest decision and the newest news of each subtask that runs, by job. Not thread-safe. */
final class Subtasks {
  /** A job decides ten times a second: one silent for so long is not running. */
  static final long ALIVE_MILLIS = 5_000;

  private record Subtask(JobName job, int index) {
    static Subtask of(Status said) {
      return new Subtask(JobName.of(said), said.subtask());
    }
  }

  private final Map<Subtask, Status> decisions = new HashMap<>();
  private final Map<Subtask, Status> news = new HashMap<>();
  private final Map<JobName, Integer> parallelism = new HashMap<>();

  /** Whether it was said of late, and not in the time before this console began. */
  static boolean fresh(Status status, long nowMillis) {
    return status.atMillis() >= nowMillis - ALIVE_MILLIS;
  }

  /** Whether a decision's job had another parallelism before; its subtasks beyond are forgotten. */
  boolean rescaled(Status decision) {
    JobName job = JobName.of(decision);
    Integer before = parallelism.put(job, decision.parallelism());
    if (before == null || before == decision.parallelism()) {
      return false;
    }
    decisions.keySet().removeIf(it -> gone(it, job, decision.parallelism()));
    news.keySet().removeIf(it -> gone(it, job, decision.parallelism()));
    return true;
  }

  private static boolean gone(Subtask subtask, JobName job, int parallelism) {
    return subtask.job.equals(job) && subtask.index >= parallelism;
  }

  /** Takes a decision; the one before of the same subtask. */
  @Nullable Status decided(Status decision) {
    return decisions.put(Subtask.of(decision), decision);
  }

  void told(Status status) {
    news.put(Subtask.of(status), status);
  }

  void forgetSilent(long nowMillis) {
    decisions.values().removeIf(it -> !fresh(it, nowMillis));
    news.values().removeIf(it -> !fresh(it, nowMillis));
    parallelism.keySet().retainAll(jobs());
  }

  /** Those that run. */
  SortedSet<JobName> jobs() {
    SortedSet<JobName> jobs = new TreeSet<>();
    decisions.keySet().forEach(it -> jobs.add(it.job));
    return jobs;
  }

  /** The newest of each subtask of a job. */
  List<Status> decisions(JobName job) {
    return of(job, decisions);
  }

  /** The newest of each subtask of a job that tells any. */
  List<Status> news(JobName job) {
    return of(job, news);
  }

  private static List<Status> of(JobName job, Map<Subtask, Status> all) {
    return all.entrySet().stream()
        .filter(it -> it.getKey().job.equals(job))
        .sorted(Comparator.comparingInt(it -> it.getKey().index))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Frames per second offered to all subtasks of a job. */
  double offeredPerSecond(JobName job) {
    double offered = 0;
    for (Status it : decisions(job)) {
      Status.Decided decided = it.decided();
      offered += decided == null ? 0 : decided.offeredPerSecond();
    }
    return offered;
  }

  /** Of all subtasks of a job together. */
  double budgetCores(JobName job) {
    double budget = 0;
    for (Status it : decisions(job)) {
      Status.Settings settings = it.settings();
      budget += settings == null ? 0 : settings.budgetCores();
    }
    return budget;
  }
}
