package io.saccade.console.control;

import io.saccade.wire.Status;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one job made of a record on the control topic.
 *
 * @param parallelism number of its subtasks, at least 1
 * @param subtasks those that have answered: empty when the subtask follows the record, else why not
 */
public record Answer(JobName job, int parallelism, SortedMap<Integer, Optional<String>> subtasks) {
  public Answer {
    subtasks = Collections.unmodifiableSortedMap(new TreeMap<>(subtasks));
  }

  static Answer none(JobName job, int parallelism) {
    return new Answer(job, parallelism, new TreeMap<>());
  }

  /** With the answer of one subtask, which replaces an earlier one of the same. */
  Answer with(Status said, Optional<String> refusal) {
    SortedMap<Integer, Optional<String>> all = new TreeMap<>(subtasks);
    all.put(said.subtask(), refusal);
    return new Answer(job, said.parallelism(), all);
  }

  boolean takenBy(int subtask) {
    Optional<String> refusal = subtasks.get(subtask);
    return refusal != null && refusal.isEmpty();
  }

  /** Number of subtasks that follow the record. */
  public int taken() {
    return subtasks.size() - refusals().size();
  }

  /** Why others do not, by subtask. */
  public SortedMap<Integer, String> refusals() {
    SortedMap<Integer, String> refusals = new TreeMap<>();
    subtasks.forEach((subtask, refusal) -> refusal.ifPresent(it -> refusals.put(subtask, it)));
    return refusals;
  }

  /** Why the job as a whole does not; empty when any subtask follows the record. */
  public Optional<String> refusal() {
    return taken() > 0 ? Optional.empty() : refusals().values().stream().findFirst();
  }

  /** Whether every subtask has answered. */
  public boolean complete() {
    return subtasks.size() >= parallelism;
  }

  /** Whether every subtask follows the record. */
  public boolean inForce() {
    return taken() >= parallelism;
  }
}
