package io.saccade.wire;

import java.util.List;

/**
 * What became of one frame. Every frame gets exactly one label, also those that were not looked at.
 *
 * @param schema version of this record's layout, {@link #SCHEMA}
 * @param camera as in the frame
 * @param sequence as in the frame
 * @param partition with {@code offset}, the idempotent key of the label
 * @param offset offset of the frame in the frames topic
 * @param capturedMillis capture time, milliseconds since 1970
 * @param outcome {@code classified}, {@code shed} or {@code unreadable}
 * @param reason why the outcome is not {@code classified}, or why looking stopped: {@code
 *     confident}, {@code every-look}, {@code deadline}; {@code audit}, {@code camera-cap}; {@code
 *     too-old}, {@code thinned}, {@code camera-cap}; the decoder's reason code
 * @param classes the most probable classes, best first; empty unless classified
 * @param looks the looks taken, the glance first; empty unless classified
 * @param thresholds confidence that ended looking, per look but the last; empty unless classified
 * @param operatingPoint position on the bundle's frontier, from 0 (glance only) upwards
 * @param epoch epoch of the control settings in force; 0 before any control message
 * @param decodeMicros CPU time of decoding, microseconds
 * @param lookMicros CPU time of all looks, microseconds
 * @param waitedMillis age of the frame when the operator took it, milliseconds; negative when the
 *     camera's clock is ahead
 * @param ageMillis age of the frame when the label was made, milliseconds; as above
 * @param model id of the bundle
 * @param modelSha256 SHA-256 of the bundle's manifest, hex
 */
public record Label(
    int schema,
    String camera,
    long sequence,
    int partition,
    long offset,
    long capturedMillis,
    String outcome,
    String reason,
    List<Ranked> classes,
    List<Look> looks,
    List<Float> thresholds,
    double operatingPoint,
    long epoch,
    long decodeMicros,
    long lookMicros,
    long waitedMillis,
    long ageMillis,
    String model,
    String modelSha256) {

  /** The layout written by this release. */
  public static final int SCHEMA = 1;

  public static final String CLASSIFIED = "classified";
  public static final String SHED = "shed";
  public static final String UNREADABLE = "unreadable";

  public Label {
    Require.schema(SCHEMA, schema);
    Require.text("camera", camera);
    Require.atLeast("sequence", 0, sequence);
    Require.atLeast("partition", 0, partition);
    Require.atLeast("offset", 0, offset);
    Require.text("outcome", outcome);
    Require.present("reason", reason);
    classes = Require.elements("classes", classes);
    looks = Require.elements("looks", looks);
    thresholds = Require.elements("thresholds", thresholds);
    for (float threshold : thresholds) {
      Require.finite("each of thresholds", threshold);
    }
    Require.finite("operatingPoint", operatingPoint);
    Require.atLeast("epoch", 0, epoch);
    Require.atLeast("decodeMicros", 0, decodeMicros);
    Require.atLeast("lookMicros", 0, lookMicros);
    Require.present("model", model);
    Require.present("modelSha256", modelSha256);
  }

  /** A class and its probability, within [0, 1]. */
  public record Ranked(String name, float confidence) {
    public Ranked {
      Require.text("name", name);
      Require.share("confidence", confidence);
    }
  }

  /**
   * One look: where, in frame pixels, how sure the network was after it, and its CPU time. The
   * glance covers the whole view.
   */
  public record Look(int x, int y, int width, int height, float confidence, long cpuMicros) {
    public Look {
      Require.atLeast("width", 1, width);
      Require.atLeast("height", 1, height);
      Require.share("confidence", confidence);
      Require.atLeast("cpuMicros", 0, cpuMicros);
    }
  }
}
