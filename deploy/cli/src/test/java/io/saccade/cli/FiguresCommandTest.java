package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresCommandTest {
  private static final String PAGE =
      "# Title\n<!-- figures:pipeline -->\nold\n<!-- /figures -->\nrest\n";

  @TempDir Path folder;

  @BeforeEach
  void writeReport() throws IOException {
    Files.writeString(
        folder.resolve("pipeline.json"),
        """
        {"bareFps": 200.4, "inProcessFps": 190.6, "kafkaFps": 150, "inProcessRatio": 0.951,
         "kafkaRatio": 0.749, "machine": "two cores"}
        """);
  }

  @Test
  void putsTheReportsFiguresIntoTheirPlaceAndLeavesTheRest() throws IOException {
    String page = FiguresCommand.rendered(PAGE, folder);

    assertThat(page).startsWith("# Title\n<!-- figures:pipeline -->\n").endsWith("\nrest\n");
    assertThat(page)
        .contains("| decode and looks alone | 200 | 1 |")
        .contains("| Flink job, source in process | 191 | 0.95 |")
        .contains("| Flink job, through Kafka | 150 | 0.75 |")
        .contains("two cores")
        .doesNotContain("old");
  }

  @Test
  void setsTheTwoRunsOfTheQuickstartSideBySide() throws IOException {
    writeRun("quickstart.json", 0.816, 1.204);
    writeRun("overload.json", 0.828, 1.5);

    assertThat(FiguresCommand.rendered(PAGE.replace("pipeline", "quickstart"), folder))
        .contains("| used, cores | 0.816 | 0.828 |")
        .contains("| whole process, cores | 1.20 | 1.50 |")
        .contains("| age of classified frames, p99, ms | 404 | 404 |");
  }

  private void writeRun(String name, double used, double process) throws IOException {
    Files.writeString(
        folder.resolve(name),
        """
        {"offeredPerSecond": 150, "budgetCores": 0.8, "usedCores": %s, "processCores": %s,
         "cpuMillisPerFrame": 5.4, "framesIn": 8991, "classified": 8951, "shed": 40,
         "unaccounted": 0, "meanLooks": 1.6, "agePercentilesMillis": {"p50": 14, "p99": 404},
         "firstLabelSeconds": 3.5, "residentMegabytes": 538, "nativeHandlesOpen": 0,
         "machine": "two cores"}
        """
            .formatted(used, process));
  }

  @Test
  void setsBytesBesideFloatsPairedByClip() throws IOException {
    String page = PAGE.replace("pipeline", "bytes");
    Files.createDirectories(folder.resolve("runway"));
    assertThat(FiguresCommand.rendered(page, folder)).contains("Not measured yet");

    writeEvaluation("focus.json", 0.5, 2.0);
    writeEvaluation("int8.json", 0.75, 1.5);

    assertThat(FiguresCommand.rendered(page, folder))
        .contains("| right after each look | 0.500 | 0.750 | +25.0 (+25.0 to +25.0) points |")
        .contains("| CPU of the glance, ms | 2.00 | 1.50 | 0.75 times |")
        .contains("| of a patch, ms | 4.00 | 3.00 | 0.75 times |")
        .contains("| of all looks and decoding, ms | 3.00 | 2.50 | 0.83 times |")
        .contains("40 frames of 2 clips")
        .contains("two cores");
  }

  private void writeEvaluation(String name, double right, double millis) throws IOException {
    Files.writeString(
        folder.resolve("runway").resolve(name),
        """
        {"format": 1, "model": {"id": "m", "version": "1", "manifest": "", "hashes": {}},
         "data": "d", "frames": 40, "clips": 2, "accuracyPerStep": [%1$s], "intervals": [],
         "gains": [], "calibrationErrorPerStep": [],
         "stages": {"decodeMillis": 1.0, "lookMillis": [%2$s, %4$s], "glanceMultiplyAdds": 1,
                    "focusMultiplyAdds": 1},
         "frontier": [{"position": 0, "meanCpuMillis": %3$s, "meanNetworkCpuMillis": %2$s,
           "meanMultiplyAdds": 1, "meanLooks": 1, "accuracy": %1$s, "accuracyInterval": null,
           "predictedCpuMillis": 1, "predictedLooks": 1, "predictedAccuracy": 1,
           "exitShares": [], "predictedExitShares": []}],
         "realRuns": [], "classes": [],
         "clipTable": [{"name": "a", "clips": 1, "frames": 20, "accuracyPerStep": [%1$s]},
                       {"name": "b", "clips": 1, "frames": 20, "accuracyPerStep": [%1$s]}],
         "skipped": [], "emptyClasses": [],
         "machine": {"name": "two cores", "loadBefore": 0, "loadAfter": 0, "seconds": 1}}
        """
            .formatted(right, millis, millis + 1, 2 * millis));
  }

  @Test
  void tellsHowLongEachTargetWasFuzzed() throws IOException {
    Files.writeString(
        folder.resolve("fuzz.json"),
        """
        {"targets": {"picture": {"runs": 2, "seconds": 840, "cpuSeconds": 630, "executions": 70123, "findings": 1}},
         "machine": "two cores"}
        """);

    assertThat(FiguresCommand.rendered(PAGE.replace("pipeline", "fuzz"), folder))
        .contains("| target | minutes | of CPU time | inputs | found |")
        .contains("| picture | 14.0 | 10.5 | 70123 | 1 |")
        .contains("two cores");
  }

  @Test
  void tellsWhatTheRealJobDidBesideTheSimulator() throws IOException {
    Files.writeString(
        folder.resolve("control.json"),
        """
        {"findings": [
           {"measure": "settling, s", "scenario": "step-x3", "wanted": 2.0, "digits": 1,
            "real": {"median": 2.4, "least": 2.4, "most": 2.4},
            "simulated": {"median": 1.2, "least": 1.0, "most": 1.5},
            "leftOut": 0.031, "least": 0.02}],
         "machine": "two cores", "loadBefore": 0.31, "loadAfter": 1.9}
        """);

    assertThat(FiguresCommand.rendered(PAGE.replace("pipeline", "control"), folder))
        .contains("| measure | scenario | wanted | real job | simulator | left out (least), % |")
        .contains("|---|---|---|---|---|---|")
        .contains(
            "| settling, s | step-x3 | at most 2.0, missed | 2.4 | 1.2 (1.0 to 1.5) | 3.1 (2.0) |")
        .contains("two cores; load average 0.3 before, 1.9 after");
  }

  @Test
  void saysWhatACameraReportDoesNotHaveYet() throws IOException {
    Files.writeString(
        folder.resolve("camera.json"), "{\"stopSeconds\": 0.23, \"machine\": \"two cores\"}");

    assertThat(FiguresCommand.rendered(PAGE.replace("pipeline", "camera"), folder))
        .contains("| time to stop, s | 0.2 | under 3 |")
        .contains("| broker away for, s | not measured yet | 60 |");
  }

  @Test
  void saysWhichAimsOfTheCamerasWereMissed() throws IOException {
    Files.writeString(
        folder.resolve("camera.json"),
        """
        {"many": {"picture": "640x360 H.264", "framesPerSecond": 10, "dropped": 1,
          "cpuPerCamera": 0.0189, "ratio": 1.304},
         "latency": {"p99": 60.2},
         "passthrough": {"cpuMillisPerFrame": 0.3825},
         "reconnects": {"growth": -0.06, "threadsBefore": 66, "threadsAfter": 65,
          "childrenBefore": 8, "childrenAfter": 9},
         "outage": {"growth": 0.356}, "stopSeconds": 2.9, "machine": "two cores"}
        """);

    assertThat(FiguresCommand.rendered(PAGE.replace("pipeline", "camera"), folder))
        .contains("| 16 cameras, frames dropped | 1 | 0, missed |")
        .contains(
            "| CPU of a camera of 640x360 H.264 at 10/s, cores, median of all turns | 0.0189 |  |")
        .contains(
            "| against the plain ffmpeg of the same turn, median of three | 1.30 | at most 1.3 |")
        .contains("| MJPEG as it comes, CPU of a frame, ms | 0.383 | at most 0.3, missed |")
        .contains("| picture to Kafka, p99, ms | 60 | under 60, missed |")
        .contains("| memory, last quarter less second, as a share | -0.060 | within 0.05, missed |")
        .contains("| threads after | 65 | no more |")
        .contains("| child processes after | 9 | no more, missed |")
        .contains("| memory grown meanwhile, as a share | 0.356 | none, missed |")
        .contains("| time to stop, s | 2.9 | under 3 |");
  }

  @Test
  void writesTheSamePageAgain() throws IOException {
    String page = FiguresCommand.rendered(PAGE, folder);

    assertThat(FiguresCommand.rendered(page, folder)).isEqualTo(page);
  }

  @Test
  void thePagesShowWhatTheReportsSay() throws IOException {
    Path root = Path.of("../..");
    for (String name : FiguresCommand.PAGES) {
      String page = Files.readString(root.resolve(name));

      assertThat(FiguresCommand.rendered(page, root.resolve("docs/figures"))).isEqualTo(page);
    }
  }

  @Test
  void setsExitsBesideOneLookAtTheWholeView() throws IOException {
    Path reports = Files.createDirectory(folder.resolve("imagenette"));
    writeEvaluation(reports.resolve("static-96.json"), point(0.90, 1.5, 2.0, 71));
    writeEvaluation(reports.resolve("static-224.json"), point(0.97, 6.0, 6.5, 385));
    writeEvaluation(
        reports.resolve("focus.json"),
        point(0.93, 1.5, 2.0, 71),
        point(0.95, 1.8, 2.3, 90),
        point(0.96, 4.5, 5.0, 215));

    assertThat(FiguresCommand.rendered(PAGE.replace("pipeline", "imagenette"), folder))
        .contains("| | right | CPU of the network, ms | of 224's |")
        .contains("| one look at 224 x 224 | - | 6.00 | 1.00 | 6.50 | 1.00 | 385 |")
        .contains("| one look at 96 x 96 | - | 1.50 | 0.25 |")
        .contains("| with exits, least cost that keeps 0.950: 1.20 looks | 0.950 | 1.80 | 0.30 |")
        .contains("| every look | 0.960 | 4.50 | 0.75 |")
        .contains("800 frames. two cores");
  }

  @Test
  void theShippedModelsExitsAreToBeRightAPointLessOftenThanEveryLook() throws IOException {
    Path reports = Files.createDirectory(folder.resolve("runway"));
    writeEvaluation(reports.resolve("static-288.json"), point(0.97, 6.0, 6.5, 385));
    writeEvaluation(
        reports.resolve("focus.json"),
        point(0.61, 1.5, 2.0, 71),
        point(0.64, 1.8, 2.3, 90),
        point(0.652, 1.9, 2.4, 95),
        point(0.66, 4.5, 5.0, 215));

    assertThat(FiguresCommand.rendered(PAGE.replace("pipeline", "runway"), folder))
        .contains("| with exits, least cost that keeps 0.650: 1.20 looks | 0.652 | 1.90 | 0.32 |");
  }

  private static String point(double right, double network, double cpu, int millions) {
    return """
        {"accuracy": %s, "meanNetworkCpuMillis": %s, "meanCpuMillis": %s, "meanMultiplyAdds": %de6,
         "meanLooks": 1.2}"""
        .formatted(right, network, cpu, millions);
  }

  private static void writeEvaluation(Path report, String... points) throws IOException {
    Files.writeString(
        report,
        "{\"frames\": 800, \"machine\": {\"name\": \"two cores\"}, \"frontier\": [%s]}"
            .formatted(String.join(",", points)));
  }

  @Test
  void tellsWhatFaultsHaveDone() throws IOException {
    String page = PAGE.replace("pipeline", "chaos");
    assertThat(FiguresCommand.rendered(page, folder)).contains("Not measured yet.");

    Files.writeString(
        folder.resolve("chaos.json"),
        """
        {"seed": 7, "guarantee": "exactly-once", "frames": 9000, "labels": 9000, "lost": 0,
         "duplicates": 0,
         "faults": [
           {"kind": "kill-taskmanager", "secondsToFirstFreshLabel": 4.2, "longestSilenceSeconds": 4},
           {"kind": "kill-taskmanager", "secondsToFirstFreshLabel": 6.2, "longestSilenceSeconds": 6},
           {"kind": "kill-jobmanager", "secondsToFirstFreshLabel": 60, "longestSilenceSeconds": 60},
           {"kind": "freeze", "secondsToFirstFreshLabel": null, "longestSilenceSeconds": 30}],
         "latencyMillis": {"p50": 400, "p99": 7000}, "calmLatencyMillis": {"p50": 380, "p99": 750},
         "checkpoints": {"durationMillisP50": 40, "durationMillisP99": 210, "failedInARow": 1,
           "calmDurationMillisP50": 38, "calmDurationMillisP99": 120},
         "held": {"samples": 60, "taskManagerMegabytes": [430.2, null, 440, 441],
           "jobManagerMegabytes": [250, 251, 260, 290],
           "nativeHandles": [36]},
         "cpuMillis": {"committed": 52000, "wasted": 1300}, "cameras": 6, "framesPerSecond": 5,
         "seconds": 300, "loadBefore": 0.4, "loadAfter": 3.1, "machine": "two cores"}
        """);

    assertThat(FiguresCommand.rendered(page, folder))
        .contains("| kill taskmanager | 2 | 5.2 (6.2) | at most 10 | 5.0 (6.0) |")
        .contains("| kill jobmanager | 1 | 60.0 (60.0) | at most 15, missed | 60.0 (60.0) |")
        .contains("| freeze | 1 | not always |  | 30.0 (30.0) |")
        .contains("| lost | 0 | 0 |")
        .contains(
            "| capture to label while nothing was wrong, p50 / p99, ms | 380 / 750 | p99 at most 700, missed |")
        .contains(
            "| checkpoint while nothing was wrong, p50 / p99, ms | 38 / 120 | p99 at most 500 |")
        .contains(
            "| the same, apart from the two seconds after a TaskManager's kill | - | at most 2 |")
        .contains("| a TaskManager's memory, MB | 430, -, 440, 441 | at most 15 % more at last |")
        .contains(
            "| the JobManager's memory, MB | 250, 251, 260, 290 | at most 15 % more at last, missed |")
        .contains("| CPU of labels that count / wasted, s | 52.0 / 1.3 |")
        .contains(
            "Seed 7, 6 cameras at 5 frames/s, 300 s. two cores; load average 0.4 before, 3.1 after");
  }

  @Test
  void saysWhichFigureIsMissing() throws IOException {
    Files.writeString(folder.resolve("pipeline.json"), "{\"bareFps\": \"fast\"}");

    assertThatThrownBy(() -> FiguresCommand.rendered(PAGE, folder))
        .hasMessageContaining("expected a number at /bareFps");
  }

  @Test
  void refusesABlockThatItDoesNotKnow() {
    assertThatThrownBy(
            () -> FiguresCommand.rendered(PAGE.replace("figures:pipeline", "figures:x"), folder))
        .hasMessageContaining("but found figures:x");
  }

  @Test
  void saysWhatThePageCosts() throws IOException {
    String page = PAGE.replace("pipeline", "console");
    assertThat(FiguresCommand.rendered(page, folder)).contains("Not measured yet.");

    Files.writeString(
        folder.resolve("console.json"),
        """
        {"cameras": 40, "noPageCores": 0.021, "onePageCores": 0.038, "pageCores": 0.0172,
         "slowPageCores": -0.0004, "picturesPerSecond": 78.6, "weightKilobytes": 38.1,
         "interactiveMillis": 420.9, "frameMillisP50": 16.7, "frameMillisP99": 33.4,
         "machine": "two cores", "versions": {"browser": "Chrome/1"}, "loadBefore": 0.5,
         "loadAfter": 2.0}
        """);

    assertThat(FiguresCommand.rendered(page, folder))
        .contains("| one page open, cores | 0.038 | at most 0.05 |")
        .contains("| a slow browser besides, cores | 0.000 | nothing |")
        .contains("| from frame to frame, p99, ms | 33 |  |")
        .contains("two cores, Chrome/1; load average 0.5 before, 2.0 after");
  }
}
