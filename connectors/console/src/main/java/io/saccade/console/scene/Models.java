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

  /** A model as labels name it: two of one id may differ. */
  private record Model(String id, String sha256) {
    static Model of(Note note) {
      return new Model(note.model(), note.modelSha256());
    }

    String described() {
      return id + " " + sha256.substring(0, Math.min(12, sha256.length()));
    }
  }

  private final Map<Model, Long> namedMillis = new HashMap<>();
  private long newestMillis;

  /**
   * What is new when a label names its model; empty when another of late has named it, too.
   *
   * @param nowMillis time of this console; while no label comes none is forgotten
   */
  Optional<String> change(Note label, long nowMillis) {
    namedMillis.values().removeIf(it -> it < newestMillis - OF_LATE_MILLIS);
    String what = namedMillis.isEmpty() ? "model " : "another model: ";
    newestMillis = nowMillis;
    Model model = Model.of(label);
    boolean known = namedMillis.put(model, nowMillis) != null;
    return known ? Optional.empty() : Optional.of(what + model.described());
  }

  /** One that labels name of late and that is not this bundle's; empty without. */
  Optional<String> otherThan(Bundle bundle) {
    return namedMillis.keySet().stream()
        .filter(it -> !it.sha256.equals(bundle.sha256()))
        .map(it -> it.id.equals(bundle.id()) ? it.described() : it.id)
        .sorted()
        .findFirst();
  }
}
