package io.saccade.console.web;

import io.saccade.console.access.Person;
import io.saccade.console.scene.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One open page: who sees it, which tiles are in sight, and what it has been sent already. */
final class Viewer {
  /** Of more tiles in sight at once the rest waits. */
  static final int MOST_IN_SIGHT = 200;

  private final String id;
  private final Person person;
  private volatile Set<String> inSight = Set.of();
  private volatile @Nullable String large;
  private volatile long writingSinceNanos;

  // Only the viewer's own thread uses these.
  private final Map<String, Place> sent = new HashMap<>();
  private int resume;
  private long secondSent;
  private long markSent;

  Viewer(String id, Person person) {
    this.id = id;
    this.person = person;
  }

  String id() {
    return id;
  }

  Person person() {
    return person;
  }

  void look(Set<String> cameras, @Nullable String largeCamera) {
    inSight = Set.copyOf(cameras);
    large = largeCamera;
  }

  /** What it sees; nothing while it is slow to take what it is sent. */
  Set<String> inSight() {
    long since = writingSinceNanos;
    boolean late = since != 0 && System.nanoTime() - since > 2_000_000_000L;
    return late ? Set.of() : inSight;
  }

  @Nullable String large() {
    return large;
  }

  void writes(boolean begins) {
    writingSinceNanos = begins ? Math.max(1, System.nanoTime()) : 0;
  }

  Map<String, Place> sent() {
    return sent;
  }

  /** The tile whose picture had no room in the last round. */
  int resume() {
    return resume;
  }

  void resume(int tile) {
    resume = tile;
  }

  long secondSent() {
    return secondSent;
  }

  void secondSent(long atMillis) {
    secondSent = atMillis;
  }

  long markSent() {
    return markSent;
  }

  void markSent(long number) {
    markSent = number;
  }
}
