package io.saccade.camera.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The backlogs of all cameras, which take turns, so that a busy camera takes no place from the
 * others. Not safe for use by several threads.
 */
final class Backlogs {
  private final Map<String, Backlog> byCamera = new HashMap<>();

  /** The same, the one whose turn it is first. */
  private final Queue<Backlog> turns = new ArrayDeque<>();

  /** Takes a frame, and gives back those of the same camera that had to make place for it. */
  List<Backlog.Waiting> add(Backlog.Waiting added) {
    Backlog backlog =
        byCamera.computeIfAbsent(
            added.frame().camera(),
            camera -> {
              Backlog first = new Backlog();
              turns.add(first);
              return first;
            });
    return backlog.add(added);
  }

  /** Takes out the frames that came before a time. */
  List<Backlog.Waiting> takeBefore(long nanos) {
    List<Backlog.Waiting> old = new ArrayList<>();
    turns.forEach(backlog -> old.addAll(backlog.takeBefore(nanos)));
    return old;
  }

  /**
   * Takes out the frame whose turn it is; null when none may go.
   *
   * @param mayGo asked about each camera's oldest frame alone, for they go in order
   */
  Backlog.@Nullable Waiting take(Predicate<Backlog.Waiting> mayGo) {
    for (int asked = turns.size(); asked > 0; asked--) {
      Backlog backlog = turns.remove();
      turns.add(backlog);
      Backlog.Waiting oldest = backlog.oldest();
      if (oldest != null && mayGo.test(oldest)) {
        return backlog.take();
      }
    }
    return null;
  }

  boolean isEmpty() {
    return turns.stream().allMatch(Backlog::isEmpty);
  }
}
