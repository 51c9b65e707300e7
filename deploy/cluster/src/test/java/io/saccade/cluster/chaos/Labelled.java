package io.saccade.cluster.chaos;

import io.saccade.wire.Label;
import java.util.List;

/** Labels as a job writes them. */
final class Labelled {
  private Labelled() {}

  static Label classified(
      String camera, long sequence, int partition, long offset, long capturedMillis) {
    return label(camera, sequence, partition, offset, capturedMillis, Label.CLASSIFIED);
  }

  static Label shed(int partition, long offset, long capturedMillis) {
    return label("camera-0", offset, partition, offset, capturedMillis, Label.SHED);
  }

  private static Label label(
      String camera,
      long sequence,
      int partition,
      long offset,
      long capturedMillis,
      String outcome) {
    return new Label(
        Label.SCHEMA,
        camera,
        sequence,
        partition,
        offset,
        capturedMillis,
        outcome,
        "a reason",
        List.of(),
        List.of(),
        List.of(),
        0,
        0,
        1_000,
        4_000,
        0,
        0,
        "tiny",
        "abc");
  }
}
