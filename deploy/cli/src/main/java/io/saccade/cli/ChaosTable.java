package io.saccade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.cluster.chaos.Bound;
import io.saccade.cluster.chaos.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The table of a run under faults, from its report. */
final class ChaosTable {
  private static final Map<String, Bound> BACK =
      Map.of(
          FaultKind.KILL_TASKMANAGER.word(), Bound.TASK_MANAGER_BACK,
          FaultKind.KILL_JOBMANAGER.word(), Bound.JOB_MANAGER_BACK);

  /** For a figure that an old report has not. */
  private static final String NOT_TOLD = "-";

  private ChaosTable() {}

  /**
   * The table.
   *
   * @param otherwise what stands there when there is no report
   */
  static String of(Path report, String otherwise) throws IOException {
    if (!Files.exists(report)) {
      return otherwise;
    }
    JsonNode told = new ObjectMapper().readTree(Files.readString(report));
    StringBuilder table = new StringBuilder();
    table.append(
        "| fault | how often | first fresh label after, s, median (most) | wanted | longest silence, s, median (most) |\n");
    table.append("|---|---|---|---|---|\n");
    for (Map.Entry<String, List<JsonNode>> kind : byKind(told.path("faults")).entrySet()) {
      table.append(
          "| %s | %d | %s | %s | %s |\n"
              .formatted(
                  kind.getKey().replace('-', ' '),
                  kind.getValue().size(),
                  spread(kind.getValue(), "secondsToFirstFreshLabel"),
                  back(told, kind.getKey()),
                  spread(kind.getValue(), "longestSilenceSeconds")));
    }
    table.append("\n| | measured | wanted |\n|---|---|---|\n");
    table.append(line("guarantee", told.path("guarantee").asText(), ""));
    table.append(line("frames taken by the broker", count(told, "/frames"), ""));
    table.append(line("labels", count(told, "/labels"), wanted(told, Bound.LABELS)));
    table.append(line("lost", count(told, "/lost"), wanted(told, Bound.LOST)));
    table.append(line("doubled", count(told, "/duplicates"), wanted(told, Bound.DOUBLED)));
    table.append(
        line(
            "capture to label while nothing was wrong, p50 / p99, ms",
            both(told, "/calmLatencyMillis/p50", "/calmLatencyMillis/p99"),
            wanted(told, Bound.CALM_LATENCY)));
    table.append(
        line(
            "the same, faults included, p50 / p99, ms",
            both(told, "/latencyMillis/p50", "/latencyMillis/p99"),
            ""));
    table.append(
        line(
            "checkpoint, faults included, p50 / p99, ms",
            both(told, "/checkpoints/durationMillisP50", "/checkpoints/durationMillisP99"),
            ""));
    table.append(
        line(
            "checkpoint while nothing was wrong, p50 / p99, ms",
            both(told, "/checkpoints/calmDurationMillisP50", "/checkpoints/calmDurationMillisP99"),
            wanted(told, Bound.CALM_CHECKPOINT)));
    table.append(
        line(
            "checkpoints failed in a row, faults included, most",
            count(told, "/checkpoints/failedInARow"),
            ""));
    table.append(
        line(
            "the same, apart from the two seconds after a TaskManager's kill",
            count(told, "/checkpoints/noticedFailedInARow"),
            wanted(told, Bound.FAILED_IN_A_ROW)));
    table.append(
        line(
            "CPU of labels that count / wasted, s",
            seconds(told, "/cpuMillis/committed") + " / " + seconds(told, "/cpuMillis/wasted"),
            ""));
    table.append(
        line(
            "a TaskManager's memory, MB",
            quarters(told, "taskManagerMegabytes"),
            wanted(told, Bound.TASK_MANAGER_MEMORY)));
    table.append(
        line(
            "the JobManager's memory, MB",
            quarters(told, "jobManagerMegabytes"),
            wanted(told, Bound.JOB_MANAGER_MEMORY)));
    table.append(
        line(
            "native handles open",
            quarters(told, "nativeHandles"),
            wanted(told, Bound.NATIVE_HANDLES)));
    return table
        + String.format(
            Locale.ROOT,
            "%nSeed %s, %s cameras at %s frames/s, %s s. %s; load average %s before, %s after%n",
            count(told, "/seed"),
            count(told, "/cameras"),
            count(told, "/framesPerSecond"),
            count(told, "/seconds"),
            told.path("machine").asText(NOT_TOLD),
            figure(told, "/loadBefore", "%.1f", 1),
            figure(told, "/loadAfter", "%.1f", 1));
  }

  private static Map<String, List<JsonNode>> byKind(JsonNode faults) {
    TreeMap<String, List<JsonNode>> kinds = new TreeMap<>();
    for (JsonNode fault : faults) {
      kinds.computeIfAbsent(fault.path("kind").asText(), kind -> new ArrayList<>()).add(fault);
    }
    return kinds;
  }

  private static String spread(List<JsonNode> faults, String figure) {
    double[] sorted =
        faults.stream()
            .map(fault -> fault.path(figure))
            .filter(JsonNode::isNumber)
            .mapToDouble(JsonNode::asDouble)
            .sorted()
            .toArray();
    if (sorted.length < faults.size()) {
      return "not always";
    }
    double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    return String.format(Locale.ROOT, "%.1f (%.1f)", median, sorted[sorted.length - 1]);
  }

  /** Means over the quarters of the run. */
  private static String quarters(JsonNode report, String figure) {
    List<String> means = new ArrayList<>();
    report
        .path("held")
        .path(figure)
        .forEach(
            mean ->
                means.add(
                    mean.isNumber()
                        ? String.format(Locale.ROOT, "%.0f", mean.asDouble())
                        : NOT_TOLD));
    return means.isEmpty() ? NOT_TOLD : String.join(", ", means);
  }

  private static String both(JsonNode report, String one, String other) {
    return count(report, one) + " / " + count(report, other);
  }

  private static String count(JsonNode report, String pointer) {
    return figure(report, pointer, "%.0f", 1);
  }

  private static String seconds(JsonNode report, String millis) {
    return figure(report, millis, "%.1f", 1e-3);
  }

  /** A dash where an old report says nothing; what stands there must be a number. */
  private static String figure(JsonNode report, String pointer, String format, double factor) {
    JsonNode found = report.at(pointer);
    if (found.isMissingNode() || found.isNull()) {
      return NOT_TOLD;
    }
    if (!found.isNumber()) {
      throw new IllegalArgumentException(
          "expected a number at %s of the report, but found '%s'".formatted(pointer, found));
    }
    return String.format(Locale.ROOT, format, found.asDouble() * factor);
  }

  /** What was wanted, and whether it was missed. */
  private static String wanted(JsonNode report, Bound bound) {
    return bound.missed(report) ? bound.wanted() + ", missed" : bound.wanted();
  }

  private static String back(JsonNode report, String kind) {
    Bound bound = BACK.get(kind);
    return bound == null ? "" : wanted(report, bound);
  }

  private static String line(String what, String measured, String wanted) {
    return "| %s | %s | %s |\n".formatted(what, measured, wanted);
  }
}
