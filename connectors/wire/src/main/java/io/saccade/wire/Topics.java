package io.saccade.wire;

import java.util.List;

/** The names of the seven topics, all under one prefix. */
public record Topics(
    String frames,
    String labels,
    String events,
    String control,
    String status,
    String deadLetters,
    String cameras) {

  /** {@code saccade.frames}, {@code saccade.labels} and so on. */
  public static final Topics DEFAULT = withPrefix("saccade");

  /** Topics named {@code prefix.frames}, {@code prefix.labels} and so on. */
  public static Topics withPrefix(String prefix) {
    return new Topics(
        prefix + ".frames",
        prefix + ".labels",
        prefix + ".events",
        prefix + ".control",
        prefix + ".status",
        prefix + ".dead-letters",
        prefix + ".cameras");
  }

  /** All seven names. */
  public List<String> all() {
    return List.of(frames, labels, events, control, status, deadLetters, cameras);
  }
}
