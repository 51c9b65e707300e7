package io.saccade.cluster.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a run under faults has shown, as it is written to the report file.
 *
 * @param frames that the broker acknowledged
 * @param labels of different frames, as readers of committed records see them
 * @param lost frames without a label
 * @param duplicates further labels of a frame that has one
 * @param strange labels that do not fit the frame at their place
 * @param unread committed labels that the reader of all records has missed, so that what was wasted
 *     is told too low
 * @param outcomes labels by what they say became of the frame
 * @param problem why the run ended early; null when it did not
 * @param latencyMillis from a frame's capture until its label could be read
 * @param calmLatencyMillis the same of frames captured while nothing was wrong
 * @param held memory and native handles in the quarters of the run
 * @param seconds from the first frame to the last
 * @param loadBefore load average of the machine before anything was started
 * @param loadAfter the same at the end
 */
public record ChaosReport(
    long seed,
    String guarantee,
    long frames,
    long labels,
    long lost,
    long duplicates,
    long strange,
    long unread,
    Map<String, Long> outcomes,
    @Nullable String problem,
    List<Fault> faults,
    Percentiles latencyMillis,
    Percentiles calmLatencyMillis,
    Checkpoints checkpoints,
    Cost cpuMillis,
    Held held,
    double seconds,
    int cameras,
    double framesPerSecond,
    int parallelism,
    double loadBefore,
    double loadAfter,
    String machine,
    Map<String, String> versions) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * One fault.
   *
   * @param process who was hit, with the number of its life
   * @param at when, ISO 8601
   * @param secondsToFirstFreshLabel from the fault until on the slowest partition the label of a
   *     frame captured after it could be read, one that was looked at; null when there was none
   * @param longestSilenceSeconds longest time without any label on a partition, until all was well
   * @param secondsUntilWell until labels flowed, a checkpoint was complete, and nobody was missing
   */
  public record Fault(
      String kind,
      String process,
      String at,
      @Nullable Double secondsToFirstFreshLabel,
      double longestSilenceSeconds,
      @Nullable Double secondsUntilWell) {}

  /** Milliseconds. */
  public record Percentiles(long p50, long p99) {
    static Percentiles of(Histogram histogram) {
      return new Percentiles(
          histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(99));
    }
  }

  /**
   * Checkpoints of the job.
   *
   * @param complete how many
   * @param failedInARow the most; after a TaskManager was killed, Flink tries again at once until
   *     it has noticed
   * @param noticedFailedInARow the most apart from those
   * @param durationMillisP50 from its begin to the last answer
   * @param calmDurationMillisP50 the same of those during which nothing was wrong
   */
  public record Checkpoints(
      long complete,
      long failed,
      long failedInARow,
      long noticedFailedInARow,
      long durationMillisP50,
      long durationMillisP99,
      long calmDurationMillisP50,
      long calmDurationMillisP99) {}

  /**
   * CPU time of decoding and looking.
   *
   * @param committed of the labels that count
   * @param wasted of those that were written and do not: repeated, or in a transaction given up
   */
  public record Cost(double committed, double wasted) {}

  /**
   * Means in the quarters of the run.
   *
   * @param samples how often it was looked at
   * @param taskManagerMegabytes resident memory of one of them
   * @param jobManagerMegabytes its resident memory
   * @param nativeHandles of all subtasks; null for a quarter in which nobody told
   */
  public record Held(
      int samples,
      List<@Nullable Double> taskManagerMegabytes,
      List<@Nullable Double> jobManagerMegabytes,
      List<@Nullable Double> nativeHandles) {}

  /**
   * Whether a bound was kept to.
   *
   * @param figure what was measured
   * @param found null when it was not, and for what never came
   * @param most that was wanted
   */
  public record Judgement(
      String bound, String figure, @Nullable Double found, double most, boolean missed) {
    static Judgement of(Bound bound, JsonNode report) {
      double found = bound.found(report);
      return new Judgement(
          bound.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          bound.figure(),
          Double.isFinite(found) ? Double.valueOf(found) : null,
          bound.most(),
          bound.missed(report));
    }
  }

  private JsonNode told() {
    return JSON.valueToTree(this);
  }

  /** Each bound and whether it was kept to. */
  public List<Judgement> judgements() {
    JsonNode told = told();
    return Arrays.stream(Bound.values()).map(bound -> Judgement.of(bound, told)).toList();
  }

  /** The bounds that were missed, in words, besides what {@link #complaints} has. */
  public List<String> missed() {
    JsonNode told = told();
    return Arrays.stream(Bound.values())
        .filter(bound -> !bound.always() && bound.missed(told))
        .map(bound -> sentence(bound, bound.found(told)))
        .toList();
  }

  private static String sentence(Bound bound, double found) {
    return String.format(
        Locale.ROOT,
        "%s: must be at most %.0f, but was %s",
        bound.figure(),
        bound.most(),
        Double.isInfinite(found) ? "never" : String.format(Locale.ROOT, "%.1f", found));
  }

  /** What is wrong, bounds apart that only strict runs have to keep; empty when nothing is. */
  public List<String> complaints() {
    JsonNode told = told();
    List<String> complaints = new ArrayList<>();
    if (problem != null) {
      complaints.add(problem);
    }
    if (Bound.LOST.missed(told)) {
      complaints.add(lost + " frames have no label");
    }
    if (strange > 0) {
      complaints.add(strange + " labels do not fit the frame at their place");
    }
    if (unread > 0) {
      complaints.add(unread + " labels were missed by who counts what was wasted");
    }
    if (Bound.DOUBLED.missed(told)) {
      complaints.add(duplicates + " labels came twice");
    }
    if (Bound.FAILED_IN_A_ROW.missed(told)) {
      complaints.add(checkpoints.noticedFailedInARow + " checkpoints failed in a row");
    }
    return complaints;
  }

  /** For people. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%d faults, %d frames, %d labels, lost %d, doubled %d%n"
            + "label latency p50 %d ms, p99 %d ms; while nothing was wrong p50 %d ms, p99 %d ms%n"
            + "checkpoints %d, p50 %d ms, p99 %d ms (while nothing was wrong %d ms), failed %d (in a row %d, unnoticed kills apart %d)%n"
            + "CPU of labels that count %.1f s, wasted %.1f s",
        faults.size(),
        frames,
        labels,
        lost,
        duplicates,
        latencyMillis.p50,
        latencyMillis.p99,
        calmLatencyMillis.p50,
        calmLatencyMillis.p99,
        checkpoints.complete,
        checkpoints.durationMillisP50,
        checkpoints.durationMillisP99,
        checkpoints.calmDurationMillisP99,
        checkpoints.failed,
        checkpoints.failedInARow,
        checkpoints.noticedFailedInARow,
        cpuMillis.committed / 1e3,
        cpuMillis.wasted / 1e3);
  }

  /** Writes it as JSON, with how it is judged. */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    ObjectNode told = JSON.valueToTree(this);
    told.set("judgements", JSON.valueToTree(judgements()));
    Files.write(file, JSON.writeValueAsBytes(told));
  }
}
