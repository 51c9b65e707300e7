package io.saccade.quickstart;

import io.saccade.wire.Status;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all subtasks spent, from the observations on the status topic: CPU time of the task threads
 * over the wall time from each subtask's first counted tick to its last.
 */
final class Spending {

  /**
   * @param usedCores CPU seconds per second of all subtasks together
   * @param budgetCores what they were allowed, on average
   * @param arrivalsPerSecond frames taken from Kafka per second
   * @param millisPerFrame CPU time per frame taken, whatever became of it
   * @param seconds wall time measured over
   */
  record Figures(
      double usedCores,
      double budgetCores,
      double arrivalsPerSecond,
      double millisPerFrame,
      double seconds) {}

  private static final class Subtask {
    long firstNanos;
    long lastNanos;
    long spentNanos;
    long arrivals;
    double budgetCoreNanos;
  }

  private final Map<Integer, Subtask> subtasks = new HashMap<>();
  private boolean closed;

  void book(Status status) {
    Status.Seen seen = status.seen();
    Status.Settings settings = status.settings();
    if (closed || seen == null || settings == null) {
      return;
    }
    @Nullable Subtask known = subtasks.get(status.subtask());
    if (known == null) {
      // Its first tick only starts the clock: what it spent lies before.
      Subtask started = new Subtask();
      started.firstNanos = seen.nowNanos();
      started.lastNanos = seen.nowNanos();
      subtasks.put(status.subtask(), started);
      return;
    }
    known.budgetCoreNanos += settings.budgetCores() * (seen.nowNanos() - known.lastNanos);
    known.lastNanos = seen.nowNanos();
    known.spentNanos += seen.spentNanos();
    known.arrivals += seen.arrivals();
  }

  void close() {
    closed = true;
  }

  Figures figures() {
    double used = 0;
    double budget = 0;
    double perSecond = 0;
    double spentMillis = 0;
    long arrivals = 0;
    double seconds = 0;
    for (Subtask subtask : subtasks.values()) {
      double nanos = subtask.lastNanos - subtask.firstNanos;
      if (nanos > 0) {
        used += subtask.spentNanos / nanos;
        budget += subtask.budgetCoreNanos / nanos;
        perSecond += subtask.arrivals / (nanos / 1e9);
        spentMillis += subtask.spentNanos / 1e6;
        arrivals += subtask.arrivals;
        seconds = Math.max(seconds, nanos / 1e9);
      }
    }
    return new Figures(
        used, budget, perSecond, arrivals == 0 ? 0 : spentMillis / arrivals, seconds);
  }
}
