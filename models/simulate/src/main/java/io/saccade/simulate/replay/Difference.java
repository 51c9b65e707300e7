package io.saccade.simulate.replay;

/**
 * Where a decision made anew differs from the logged one.
 *
 * @param record its number in the log, from 1
 * @param subtask whose it is
 * @param field that differs
 * @param expected as logged
 * @param found as computed
 */
public record Difference(long record, int subtask, String field, String expected, String found) {
  @Override
  public String toString() {
    return "record %d (subtask %d): %s was logged as %s, but is %s when recomputed"
        .formatted(record, subtask, field, expected, found);
  }
}
