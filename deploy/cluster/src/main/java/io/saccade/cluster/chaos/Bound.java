package io.saccade.cluster.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a run under faults is to keep to. Each is a figure of its report and the most of it. */
public enum Bound {
  /** Frames without a label. */
  LOST("frames lost", "0", 0, true, report -> number(report, "/lost")),

  /** Labels less frames. */
  LABELS(
      "labels more or fewer than frames",
      "the same",
      0,
      true,
      report -> Math.abs(number(report, "/labels") - number(report, "/frames"))),

  /** Further labels of a frame, which at-least-once allows. */
  DOUBLED(
      "labels doubled",
      "0 with exactly-once",
      0,
      true,
      report ->
          report.path("guarantee").asText().equals("exactly-once")
              ? number(report, "/duplicates")
              : Double.NaN),

  /** Seconds until labels come again on the slowest partition, at the worst. */
  TASK_MANAGER_BACK(
      "back after a killed TaskManager, s",
      "at most 10",
      10,
      false,
      report -> secondsUntilBack(report, FaultKind.KILL_TASKMANAGER)),

  /** The same. */
  JOB_MANAGER_BACK(
      "back after a killed JobManager, s",
      "at most 15",
      15,
      false,
      report -> secondsUntilBack(report, FaultKind.KILL_JOBMANAGER)),

  /** Milliseconds. */
  CALM_LATENCY(
      "capture to label while nothing was wrong, p99, ms",
      "p99 at most 700",
      700,
      false,
      report -> number(report, "/calmLatencyMillis/p99")),

  /** Milliseconds. */
  CALM_CHECKPOINT(
      "checkpoint while nothing was wrong, p99, ms",
      "p99 at most 500",
      500,
      false,
      report -> number(report, "/checkpoints/calmDurationMillisP99")),

  /** Apart from those after a TaskManager's kill that nobody has noticed yet. */
  FAILED_IN_A_ROW(
      "checkpoints failed in a row, kills that were not noticed yet apart",
      "at most 2",
      2,
      true,
      report -> number(report, "/checkpoints/noticedFailedInARow")),

  /** Percent. */
  TASK_MANAGER_MEMORY(
      "a TaskManager's memory, last quarter above the first, %",
      "at most 15 % more at last",
      15,
      false,
      report -> percentGrown(report, "taskManagerMegabytes")),

  /** Percent. */
  JOB_MANAGER_MEMORY(
      "the JobManager's memory, last quarter above the first, %",
      "at most 15 % more at last",
      15,
      false,
      report -> percentGrown(report, "jobManagerMegabytes")),

  /** Farthest of a quarter's mean from the first's. */
  NATIVE_HANDLES(
      "native handles more or fewer than at first",
      "constant",
      0,
      false,
      report -> farthestFromTheFirst(report, "nativeHandles"));

  /** Looks, of ten seconds each: in less than seven minutes Java is still warming up. */
  private static final int FEWEST_SAMPLES = 40;

  private final String figure;
  private final String wanted;
  private final double most;
  private final boolean always;

  @SuppressWarnings("ImmutableEnumChecker") // functions of a report and nothing else
  private final ToDoubleFunction<JsonNode> measure;

  Bound(
      String figure,
      String wanted,
      double most,
      boolean always,
      ToDoubleFunction<JsonNode> measure) {
    this.figure = figure;
    this.wanted = wanted;
    this.most = most;
    this.always = always;
    this.measure = measure;
  }

  /** What is measured, for people, with its unit. */
  public String figure() {
    return figure;
  }

  /** What is wanted of it, as a cell of a table. */
  public String wanted() {
    return wanted;
  }

  /** The most that it may be. */
  public double most() {
    return most;
  }

  /** Whether a run that misses it has failed, strict or not. */
  public boolean always() {
    return always;
  }

  /**
   * What a report tells of it.
   *
   * @param report as {@link ChaosReport} writes it; fields may be missing, as in old ones
   * @return NaN when the report does not tell, infinity for what never came
   */
  public double found(JsonNode report) {
    return measure.applyAsDouble(report);
  }

  /** Whether a report tells that it was not kept to. */
  public boolean missed(JsonNode report) {
    return found(report) > most;
  }

  private static double number(JsonNode report, String pointer) {
    JsonNode found = report.at(pointer);
    return found.isNumber() ? found.asDouble() : Double.NaN;
  }

  /** The longest; with at-least-once labels go on for a moment and the silence comes after it. */
  private static double secondsUntilBack(JsonNode report, FaultKind kind) {
    double longest = Double.NaN;
    for (JsonNode fault : report.path("faults")) {
      if (fault.path("kind").asText().equals(kind.word())) {
        JsonNode fresh = fault.path("secondsToFirstFreshLabel");
        double back =
            fresh.isNumber()
                ? Math.max(fresh.asDouble(), fault.path("longestSilenceSeconds").asDouble())
                : Double.POSITIVE_INFINITY;
        longest = Double.isNaN(longest) ? back : Math.max(longest, back);
      }
    }
    return longest;
  }

  private static double percentGrown(JsonNode report, String figure) {
    List<Double> quarters = quarters(report, figure);
    return quarters.size() < 4 || number(report, "/held/samples") < FEWEST_SAMPLES
        ? Double.NaN
        : 100 * (quarters.get(3) / quarters.get(0) - 1);
  }

  /** As printed: nobody is to miss a bound by what nobody can see. */
  private static double farthestFromTheFirst(JsonNode report, String figure) {
    List<Double> quarters = quarters(report, figure);
    return quarters.stream()
        .mapToDouble(mean -> Math.abs(Math.round(mean) - Math.round(quarters.get(0))))
        .max()
        .orElse(Double.NaN);
  }

  /** Of those quarters in which somebody told. */
  private static List<Double> quarters(JsonNode report, String figure) {
    List<Double> means = new ArrayList<>();
    for (JsonNode mean : report.path("held").path(figure)) {
      if (mean.isNumber()) {
        means.add(mean.asDouble());
      }
    }
    return means;
  }
}
