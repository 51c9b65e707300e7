package io.saccade.console.control;

import io.saccade.wire.Excerpt;
import io.saccade.wire.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the jobs that share the topics make of a record on the control topic. Not thread-safe. */
public final class Answers {
  /** Characters of a reason, which ends on a terminal or a page; jobs keep to it. */
  private static final int LONGEST_REASON = 2500;

  private final Map<JobName, Answer> jobs = new TreeMap<>();
  private Duration after = Duration.ZERO;

  /** Expects an answer of every subtask of the jobs that run; others may answer, too. */
  Answers(Running running) {
    running.jobs().forEach(it -> jobs.put(it.name(), Answer.none(it.name(), it.parallelism())));
  }

  /** A subtask follows the record. */
  void taken(Status said, Duration sinceWritten) {
    put(said, Optional.empty(), sinceWritten);
  }

  /** A subtask does not follow it, for the reason that it gives. */
  void refused(Status said, Duration sinceWritten) {
    String reason = said.reason();
    put(
        said,
        Optional.of(reason == null ? "it gave no reason" : Excerpt.plain(reason, LONGEST_REASON)),
        sinceWritten);
  }

  private void put(Status said, Optional<String> refusal, Duration sinceWritten) {
    JobName job = JobName.of(said);
    Answer before = jobs.getOrDefault(job, Answer.none(job, said.parallelism()));
    jobs.put(job, before.with(said, refusal));
    after = sinceWritten;
  }

  boolean takenBy(Status said) {
    Answer answer = jobs.get(JobName.of(said));
    return answer != null && answer.takenBy(said.subtask());
  }

  /** Whether there is a job, and of each job this holds. */
  boolean all(Predicate<Answer> wanted) {
    return !jobs.isEmpty() && jobs.values().stream().allMatch(wanted);
  }

  /** Of each job that runs or has answered, by name. */
  public List<Answer> jobs() {
    return List.copyOf(jobs.values());
  }

  /** Whether no subtask of any job has answered. */
  public boolean none() {
    return jobs.values().stream().allMatch(it -> it.subtasks().isEmpty());
  }

  /** Time until the last of these answers was heard. */
  public Duration after() {
    return after;
  }
}
