package io.saccade.console.scene;

import io.saccade.wire.CameraStatus;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Records as cameras and job write them, with what a test needs to be different. */
public final class Records {
  /** Of all records, unless a test says otherwise. */
  public static final long NOW = 1_700_000_000_000L;

  private Records() {}

  /** A frame looked at twice. */
  public static Label seen(String camera, long offset, long capturedMillis) {
    return label(camera, offset, capturedMillis, Label.CLASSIFIED, "confident", 2, "runway");
  }

  public static Label shed(String camera, long offset, long capturedMillis) {
    return label(camera, offset, capturedMillis, Label.SHED, "too-old", 0, "runway");
  }

  /** A label with so many looks, each 8 pixels to the right of the one before. */
  public static Label label(
      String camera,
      long offset,
      long capturedMillis,
      String outcome,
      String reason,
      int looks,
      String model) {
    List<Label.Look> taken =
        IntStream.range(0, looks)
            .mapToObj(i -> new Label.Look(8 * i, 4, 32, 32, 0.5f + 0.1f * i, 900))
            .toList();
    return new Label(
        Label.SCHEMA,
        camera,
        offset,
        0,
        offset,
        capturedMillis,
        outcome,
        reason,
        looks == 0
            ? List.of()
            : List.of(new Label.Ranked("nut", 0.75f), new Label.Ranked("bolt", 0.25f)),
        taken,
        List.of(0.7f, 0.8f),
        1,
        3,
        200,
        900,
        10,
        40,
        model,
        "abcdef0123456789");
  }

  public static CameraStatus camera(
      String camera, String state, @Nullable String reason, long atMillis) {
    return new CameraStatus(
        CameraStatus.SCHEMA, camera, state, reason, atMillis, atMillis, null, 0, 0, 0, 0);
  }

  /** A decision of the only subtask: 100 frames a second, half a core. */
  public static Status decision(long atMillis, long epoch) {
    return decision(new Status.From(0, 1, atMillis, epoch));
  }

  /** The same of any subtask. */
  public static Status decision(Status.From from) {
    long atMillis = from.atMillis();
    return Status.decision(
        from,
        "law",
        new Status.Settings(0.5, 200_000_000, 800_000_000, 1, 1),
        new Status.Seen(atMillis * 1_000_000, 10, 0, 0, 10, 0, 10, 0, 0, 0, 50_000_000, 60_000_000),
        List.of(),
        new Status.Decided(1, 1, 100, 100, 5e6, 1),
        new Status.Nominal(1e6, 2e6, 2e6));
  }

  /** An answer of the only subtask to settings. */
  public static Status answer(long atMillis, String kind, long epoch, @Nullable String reason) {
    return Status.answer(new Status.From(0, 1, atMillis, epoch), kind, reason);
  }

  /** News of one of two subtasks that wants a core and has audited so many frames. */
  public static Status news(
      long atMillis, int subtask, double framesPerSecond, double audits, double accuracy) {
    return Status.news(
        new Status.From(subtask, 2, atMillis, 1),
        new Status.Demand(framesPerSecond, 0.3, 1, 1, 1, false),
        audits == 0
            ? null
            : new Status.Accuracy(
                audits, 0.9, 0.8, 0.95, accuracy, accuracy - 0.2, accuracy + 0.2));
  }
}
