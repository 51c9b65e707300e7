package io.saccade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
  private static final Map<String, String> WANTED =
      Map.of("kill-taskmanager", "at most 10", "kill-jobmanager", "at most 15");

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
                  WANTED.getOrDefault(kind.getKey(), ""),
                  spread(kind.getValue(), "longestSilenceSeconds")));
    }
    table.append("\n| | measured | wanted |\n|---|---|---|\n");
    table.append(line("guarantee", told.path("guarantee").asText(), ""));
    table.append(line("frames taken by the broker", count(told, "/frames"), ""));
    table.append(line("labels", count(told, "/labels"), "the same"));
    table.append(line("lost", count(told, "/lost"), "0"));
    table.append(line("doubled", count(told, "/duplicates"), "0 with exactly-once"));
    table.append(
        line(
            "capture to label while nothing was wrong, p50 / p99, ms",
            both(told, "/calmLatencyMillis/p50", "/calmLatencyMillis/p99"),
            "p99 at most 700"));
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
            "p99 at most 500"));
    table.append(
        line(
            "checkpoints failed in a row, faults included, most",
            count(told, "/checkpoints/failedInARow"),
            ""));
    table.append(
        line(
            "CPU of labels that count / wasted, s",
            String.format(
                Locale.ROOT,
                "%.1f / %.1f",
                number(told, "/cpuMillis/committed") / 1e3,
                number(told, "/cpuMillis/wasted") / 1e3),
            ""));
    table.append(
        line("a TaskManager's memory, MB", quarters(told, "taskManagerMegabytes"), "flat"));
    table.append(
        line("the JobManager's memory, MB", quarters(told, "jobManagerMegabytes"), "flat"));
    table.append(line("native handles open", quarters(told, "nativeHandles"), "constant"));
    return table
        + String.format(
            Locale.ROOT,
            "%nSeed %d, %d cameras at %.0f frames/s, %.0f s. %s; load average %.1f before, %.1f after%n",
            told.path("seed").asLong(),
            told.path("cameras").asInt(),
            number(told, "/framesPerSecond"),
            number(told, "/seconds"),
            told.path("machine").asText(),
            number(told, "/loadBefore"),
            number(told, "/loadAfter"));
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
                    mean.isNumber() ? String.format(Locale.ROOT, "%.0f", mean.asDouble()) : "-"));
    return String.join(", ", means);
  }

  private static String both(JsonNode report, String one, String other) {
    return count(report, one) + " / " + count(report, other);
  }

  private static String count(JsonNode report, String pointer) {
    return String.format(Locale.ROOT, "%.0f", number(report, pointer));
  }

  private static double number(JsonNode report, String pointer) {
    JsonNode found = report.at(pointer);
    if (!found.isNumber()) {
      throw new IllegalArgumentException(
          "expected a number at %s of the report, but found '%s'".formatted(pointer, found));
    }
    return found.asDouble();
  }

  private static String line(String what, String measured, String wanted) {
    return "| %s | %s | %s |\n".formatted(what, measured, wanted);
  }
}
