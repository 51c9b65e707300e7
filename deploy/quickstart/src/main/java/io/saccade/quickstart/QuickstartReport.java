package io.saccade.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of one run, as they are written to the report file.
 *
 * @param framesIn frames that the broker took from the sample cameras
 * @param labelsOut labels of those frames, duplicates not counted
 * @param unaccounted frames without a label; 0 when all is well
 * @param accuracy share of right answers among classified frames, against the clips' known classes
 * @param meanLooks over classified frames
 * @param looksHistogram frames classified after 1, 2, .. looks
 * @param cpuMillisPerFrame CPU time of the task threads per frame, whatever became of it
 * @param budgetCores what the job was allowed in the measured window, CPU seconds per second
 * @param usedCores what its task threads spent, in the measured window
 * @param processCores what the whole process spent in that window: also Kafka, sample cameras, JIT
 * @param agePercentilesMillis age of classified frames when their label was made
 * @param firstLabelSeconds from the start of the JVM until the first label could be read
 * @param offeredPerSecond frames per second that reached the job, in the measured window
 * @param measuredSeconds length of the window that usedCores, budgetCores, cpuMillisPerFrame and
 *     offeredPerSecond are taken over; it starts some seconds after the first label
 * @param camerasDropped frames that the sample cameras could not send, so that Kafka never saw them
 * @param residentMegabytes resident memory of the process at its peak
 * @param residentGrowthMegabytes resident memory at the end less that when the window began
 * @param nativeHandlesOpen native objects left open at the end
 */
public record QuickstartReport(
    long framesIn,
    long labelsOut,
    long unaccounted,
    long duplicates,
    long classified,
    long shed,
    long deadLetters,
    double accuracy,
    double meanLooks,
    List<Long> looksHistogram,
    double cpuMillisPerFrame,
    double budgetCores,
    double usedCores,
    double processCores,
    AgePercentiles agePercentilesMillis,
    double firstLabelSeconds,
    double offeredPerSecond,
    double measuredSeconds,
    long camerasDropped,
    long residentMegabytes,
    long residentGrowthMegabytes,
    long nativeHandlesOpen,
    int cameras,
    String delivery,
    String model,
    String machine) {

  /** Milliseconds. */
  public record AgePercentiles(long p50, long p99) {}

  /** For people: what came in, what became of it, at what price. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "frames %d, labels %d, without label %d: classified %d (%.1f%% right, %.2f looks), shed %d,"
            + " dead letters %d%n"
            + "budget %.2f cores, used %.3f, whole process %.2f; %.2f ms CPU a frame; offered %.0f frames/s; age p50 %d"
            + " ms, p99 %d ms%n"
            + "first label after %.1f s; %d MB at most; native handles open: %d",
        framesIn,
        labelsOut,
        unaccounted,
        classified,
        100 * accuracy,
        meanLooks,
        shed,
        deadLetters,
        budgetCores,
        usedCores,
        processCores,
        cpuMillisPerFrame,
        offeredPerSecond,
        agePercentilesMillis.p50,
        agePercentilesMillis.p99,
        firstLabelSeconds,
        residentMegabytes,
        nativeHandlesOpen);
  }

  void write(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    ObjectNode report = mapper.valueToTree(this);
    for (Map.Entry<String, JsonNode> field : report.properties()) {
      if (field.getValue().isDouble()) {
        // Sums of shares and means: what lies beyond is rounding.
        field.setValue(new DoubleNode(Math.round(field.getValue().asDouble() * 1e6) / 1e6));
      }
    }
    Files.write(file, mapper.writeValueAsBytes(report));
  }
}
