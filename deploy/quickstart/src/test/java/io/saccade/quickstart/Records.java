package io.saccade.quickstart;

import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.ArrayList;
import java.util.List;

/** Labels and decisions as a job writes them. */
final class Records {
  private Records() {}

  static Label classified(String camera, int partition, long offset, String name, int looks) {
    List<Label.Look> taken = new ArrayList<>();
    for (int i = 0; i < looks; i++) {
      taken.add(new Label.Look(0, 0, 96, 96, 0.8f, 2_000));
    }
    return label(
        camera,
        partition,
        offset,
        Label.CLASSIFIED,
        "confident",
        List.of(new Label.Ranked(name, 0.8f)),
        taken);
  }

  static Label shed(String camera, int partition, long offset) {
    return label(camera, partition, offset, Label.SHED, "too-old", List.of(), List.of());
  }

  private static Label label(
      String camera,
      int partition,
      long offset,
      String outcome,
      String reason,
      List<Label.Ranked> classes,
      List<Label.Look> looks) {
    return new Label(
        Label.SCHEMA,
        camera,
        offset,
        partition,
        offset,
        1_000,
        outcome,
        reason,
        classes,
        looks,
        List.of(),
        1.5,
        0,
        1_000,
        4_000,
        20,
        30 + offset,
        "runway",
        "abc");
  }

  /** A tick that ended at a time, with what was spent and came since the one before. */
  static Status decision(
      int subtask, int parallelism, long atMillis, double spentMillis, long arrivals) {
    return Status.decision(
        new Status.From(subtask, parallelism, atMillis, 0),
        "LAW",
        new Status.Settings(0.4, 200_000_000, 800_000_000, 10_000_000_000L, 500_000_000),
        new Status.Seen(
            atMillis * 1_000_000,
            arrivals,
            100_000_000,
            5_000_000,
            arrivals,
            1,
            arrivals,
            1,
            0,
            0,
            (long) (spentMillis * 1e6),
            1),
        List.of(),
        new Status.Decided(1.5, 1, 60, 60, 5e6, 1),
        null);
  }
}
