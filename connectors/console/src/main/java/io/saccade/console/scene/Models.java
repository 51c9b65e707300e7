package io.saccade.console.scene;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The models that labels name of late. Several at once are usual: while subtasks follow an order
 * one after the other, when one refuses it, and when two jobs share the topics. Not thread-safe.
 */
final class Models {
  /** A model that none of the labels names for so long is another one when it comes back. */
  static final long OF_LATE_MILLIS = 10_000;

  private final Map<String, Long> namedMillis = new HashMap<>();
  private long newestMillis;

  /**
   * What is new when a label names this model; empty when another of late has named it, too.
   *
   * @param nowMillis time of this console; while no label comes none is forgotten
   */
  Optional<String> change(String model, long nowMillis) {
    namedMillis.values().removeIf(it -> it < newestMillis - OF_LATE_MILLIS);
    String what = namedMillis.isEmpty() ? "model " : "another model: ";
    newestMillis = nowMillis;
    boolean known = namedMillis.put(model, nowMillis) != null;
    return known ? Optional.empty() : Optional.of(what + model);
  }
}
