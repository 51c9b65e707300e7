package io.saccade.job.classify;

import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.Sight;
import io.saccade.job.control.Governor;
import io.saccade.job.control.Moment;
import io.saccade.wire.Frame;
import io.saccade.wire.Label;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the label of a frame.
 *
 * @param bundle the model that looked
 * @param governor whose operating point and epoch were in force
 */
record Labels(Bundle bundle, Governor governor) {
  /** Older than the maximum age; not decoded. */
  static final String TOO_OLD = "too-old";

  /** Dropped evenly, because not even glances fit into the budget. */
  static final String THINNED = "thinned";

  /** Its camera has had its share; not decoded, or not looked at further. */
  static final String CAMERA_CAP = "camera-cap";

  /** Looked at to full depth, to see how right the answers are. */
  static final String AUDIT = "audit";

  /** The most probable classes that a label names. */
  private static final int TOP = 5;

  Label shed(Frame frame, Moment taken, String reason) {
    return unseen(frame, taken, taken, Label.SHED, reason);
  }

  Label unreadable(Frame frame, Moment taken, Moment now, String reason) {
    return unseen(frame, taken, now, Label.UNREADABLE, reason);
  }

  private Label unseen(Frame frame, Moment taken, Moment now, String outcome, String reason) {
    double position = governor.cameras().position(frame.camera());
    return label(
        frame, taken, now, outcome, reason, List.of(), List.of(), List.of(), position, 0, 0);
  }

  Label classified(Frame frame, Moment now, Sight.Verdict verdict, Treatment treatment) {
    Moment taken = treatment.taken();
    float[] thresholds = treatment.thresholds();
    List<Label.Look> looks = new ArrayList<>(verdict.looks().size());
    long lookNanos = 0;
    for (Sight.Look look : verdict.looks()) {
      lookNanos += look.cpuNanos();
      looks.add(
          new Label.Look(
              look.x(),
              look.y(),
              look.width(),
              look.height(),
              share(look.confidence()),
              look.cpuNanos() / 1_000));
    }
    List<Float> thresholdsUsed = new ArrayList<>(thresholds.length);
    for (float threshold : thresholds) {
      thresholdsUsed.add(threshold);
    }
    return label(
        frame,
        taken,
        now,
        Label.CLASSIFIED,
        treatment.reason(verdict.stop()),
        ranked(verdict.probabilities()),
        looks,
        thresholdsUsed,
        treatment.position(),
        verdict.decodeNanos() / 1_000,
        lookNanos / 1_000);
  }

  private Label label(
      Frame frame,
      Moment taken,
      Moment now,
      String outcome,
      String reason,
      List<Label.Ranked> classes,
      List<Label.Look> looks,
      List<Float> thresholds,
      double position,
      long decodeMicros,
      long lookMicros) {
    return new Label(
        Label.SCHEMA,
        frame.camera(),
        frame.sequence(),
        frame.partition(),
        frame.offset(),
        frame.capturedMillis(),
        outcome,
        reason,
        classes,
        looks,
        thresholds,
        position,
        governor.epoch(),
        decodeMicros,
        lookMicros,
        taken.ageMillis(),
        now.ageMillis(),
        bundle.id(),
        bundle.sha256());
  }

  /** The best classes first; of equal ones the one that the bundle names first. */
  private List<Label.Ranked> ranked(float[] probabilities) {
    int count = Math.min(TOP, probabilities.length);
    List<Label.Ranked> ranked = new ArrayList<>(count);
    boolean[] taken = new boolean[probabilities.length];
    for (int rank = 0; rank < count; rank++) {
      int best = -1;
      for (int k = 0; k < probabilities.length; k++) {
        if (!taken[k] && (best < 0 || probabilities[k] > probabilities[best])) {
          best = k;
        }
      }
      taken[best] = true;
      ranked.add(new Label.Ranked(bundle.classes().get(best), share(probabilities[best])));
    }
    return ranked;
  }

  /** A softmax in float32 can exceed 1 by rounding. */
  private static float share(float probability) {
    return Math.max(0, Math.min(1, probability));
  }
}
