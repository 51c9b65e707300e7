package io.saccade.evaluate.sizing;

import org.jspecify.annotations.Nullable;

/**
 * What a bundle does not tell. Each default was measured, on one machine; docs/scale.md says where.
 *
 * @param bytesPerPixel of a JPEG
 * @param pipelineEfficiency frames that a job between Kafka topics does, against decoding and looks
 *     alone
 * @param decodeMillis CPU time of decoding a picture; null for that of its resolution
 * @param labelBytes of a label
 * @param replication copies that Kafka keeps of frames
 */
public record Assumptions(
    double bytesPerPixel,
    double pipelineEfficiency,
    @Nullable Double decodeMillis,
    double labelBytes,
    int replication) {

  /** 12.7 KB for 300 x 300 pixels, and 0.894: docs/figures/pipeline.json. */
  public static final Assumptions MEASURED = new Assumptions(0.141, 0.894, null, 1_000, 3);

  /** Decisions of a subtask per second, and bytes of one: docs/figures/scale.json. */
  static final double DECISIONS_PER_SECOND = 10;

  static final double DECISION_BYTES = 4_000;
  static final double NEWS_BYTES = 400;

  /** News as it goes from the reader to each subtask. */
  static final double HEARD_BYTES = 100;

  /** Names, times and shares of a camera, and a number for each class. */
  static final double CAMERA_BYTES = 300;

  static final double CLASS_BYTES = 4;

  /** A TaskManager's process with one subtask, and each further subtask of it. */
  static final double TASK_MANAGER_MEGABYTES = 700;

  static final double SUBTASK_MEGABYTES = 150;

  /** More than a broker's partition should carry, replication included. */
  static final double PARTITION_BYTES_PER_SECOND = 10e6;

  /** Share of a core that a subtask can count on. */
  static final double USABLE_CORE = 0.95;

  /** Subtasks of one job: a job takes 1,024 at most, and news grows with the square. */
  static final int MOST_SUBTASKS = 1_000;

  public Assumptions {
    positive("bytes per pixel", bytesPerPixel);
    positive("efficiency of the pipeline", pipelineEfficiency);
    positive("label bytes", labelBytes);
    if (pipelineEfficiency > 1) {
      throw new IllegalArgumentException(
          "efficiency of the pipeline must be at most 1, but was " + pipelineEfficiency);
    }
    if (decodeMillis != null) {
      positive("milliseconds of decoding", decodeMillis);
    }
    if (replication < 1 || replication > 10) {
      throw new IllegalArgumentException(
          "replication must be within [1, 10], but was " + replication);
    }
  }

  private static void positive(String what, double value) {
    if (!(value > 0 && value < 1e9)) {
      throw new IllegalArgumentException(
          "%s must be above 0 and below 1e9, but was %s".formatted(what, value));
    }
  }

  /** Bytes of a picture. */
  double pictureBytes(Resolution resolution) {
    return bytesPerPixel * resolution.megapixels() * 1e6;
  }

  /** The same with a picture of so many bytes. */
  public Assumptions withPictureBytes(Resolution resolution, double bytes) {
    return new Assumptions(
        bytes / (resolution.megapixels() * 1e6),
        pipelineEfficiency,
        decodeMillis,
        labelBytes,
        replication);
  }

  /** The same with so many copies. */
  public Assumptions withReplication(int copies) {
    return new Assumptions(bytesPerPixel, pipelineEfficiency, decodeMillis, labelBytes, copies);
  }

  /** The same with that CPU time of decoding. */
  public Assumptions withDecodeMillis(double millis) {
    return new Assumptions(bytesPerPixel, pipelineEfficiency, millis, labelBytes, replication);
  }
}
