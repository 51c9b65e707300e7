package io.saccade.console.scene;

import io.saccade.wire.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest decision and the newest news of each subtask that runs. Not thread-safe. */
final class Subtasks {
  /** A job decides ten times a second: one silent for so long is not running. */
  static final long ALIVE_MILLIS = 5_000;

  private final Map<Integer, Status> decisions = new HashMap<>();
  private final Map<Integer, Status> news = new HashMap<>();

  /** Whether it was said of late, and not in the time before this console began. */
  static boolean fresh(Status status, long nowMillis) {
    return status.atMillis() >= nowMillis - ALIVE_MILLIS;
  }

  /** Takes a decision; the one before of the same subtask. */
  @Nullable Status decided(Status decision) {
    Status before = decisions.put(decision.subtask(), decision);
    if (before != null && before.parallelism() != decision.parallelism()) {
      decisions.keySet().removeIf(it -> it >= decision.parallelism());
      news.keySet().removeIf(it -> it >= decision.parallelism());
    }
    return before;
  }

  void told(Status status) {
    news.put(status.subtask(), status);
  }

  void forgetSilent(long nowMillis) {
    decisions.values().removeIf(it -> !fresh(it, nowMillis));
    news.values().removeIf(it -> !fresh(it, nowMillis));
  }

  /** Whether none runs. */
  boolean none() {
    return decisions.isEmpty();
  }

  List<Status> decisions() {
    return List.copyOf(decisions.values());
  }

  List<Status> news() {
    return List.copyOf(news.values());
  }

  /** Frames per second offered to all. */
  double offeredPerSecond() {
    double offered = 0;
    for (Status it : decisions.values()) {
      Status.Decided decided = it.decided();
      offered += decided == null ? 0 : decided.offeredPerSecond();
    }
    return offered;
  }

  /** Of all together; NaN when none runs. */
  double budgetCores() {
    double budget = 0;
    for (Status it : decisions.values()) {
      Status.Settings settings = it.settings();
      budget += settings == null ? 0 : settings.budgetCores();
    }
    return none() ? Double.NaN : budget;
  }
}
