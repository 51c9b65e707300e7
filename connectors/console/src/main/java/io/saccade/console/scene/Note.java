package io.saccade.console.scene;

import io.saccade.wire.Label;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of every label. Hundreds come in a second, and the whole of one, with its looks and
 * classes, is needed only where its picture is shown.
 *
 * @param outcome as in the label
 * @param reason as in the label
 * @param best the most probable class; null unless classified
 * @param confidence of that class; 0 without one
 * @param looks how many were taken
 */
public record Note(
    String camera,
    Place place,
    long capturedMillis,
    String outcome,
    String reason,
    @Nullable String best,
    double confidence,
    int looks,
    long ageMillis,
    String model,
    String modelSha256) {

  public boolean classified() {
    return outcome.equals(Label.CLASSIFIED);
  }

  boolean unreadable() {
    return outcome.equals(Label.UNREADABLE);
  }

  /** What would be noted of a label that has been read whole. */
  public static Note of(Label label) {
    Label.@Nullable Ranked first = label.classes().isEmpty() ? null : label.classes().get(0);
    return new Note(
        label.camera(),
        new Place(label.partition(), label.offset()),
        label.capturedMillis(),
        label.outcome(),
        label.reason(),
        first == null ? null : first.name(),
        first == null ? 0 : first.confidence(),
        label.looks().size(),
        label.ageMillis(),
        label.model(),
        label.modelSha256());
  }
}
