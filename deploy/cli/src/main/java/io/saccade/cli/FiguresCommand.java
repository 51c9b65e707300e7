package io.saccade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.bench.control.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Writes the tables between {@code <!-- figures:NAME -->} and {@code <!-- /figures -->} in the
 * README and beside it from the reports in docs/figures, so that no figure is ever copied by hand.
 */
@Command(
    name = "figures",
    description = {
      "Writes the tables of the README and other pages from reports.",
      "The reports are those in docs/figures, the pages those beside them.",
      "",
      "Example: saccade figures",
      ""
    },
    mixinStandardHelpOptions = true)
final class FiguresCommand implements Callable<Integer> {
  private static final Pattern BLOCK =
      Pattern.compile("(<!-- figures:([a-z-]+) -->\\n).*?(<!-- /figures -->)", Pattern.DOTALL);

  /** The pages with such tables. */
  static final List<String> PAGES =
      List.of(
          "README.md",
          "docs/looking-twice.md",
          "docs/evaluation.md",
          "docs/hostile-input.md",
          "docs/faults.md");

  private static final String NOT_YET = "Not measured yet.\n";

  @Parameters(
      paramLabel = "ROOT",
      description = "The repository (default: where saccade is).",
      arity = "0..1",
      defaultValue = "${sys:saccade.home:-.}")
  private Path root = Path.of(".");

  @Override
  public Integer call() throws IOException {
    for (String name : PAGES) {
      Path page = root.resolve(name);
      String before = Files.readString(page);
      String after = rendered(before, root.resolve("docs/figures"));
      Files.writeString(page, after);
      System.out.println(page + (after.equals(before) ? " was up to date" : " updated"));
    }
    return 0;
  }

  /** The page with every block filled from the reports in {@code folder}. */
  static String rendered(String page, Path folder) throws IOException {
    Matcher block = BLOCK.matcher(page);
    StringBuilder out = new StringBuilder();
    while (block.find()) {
      String table =
          switch (block.group(2)) {
            case "quickstart" -> quickstart(folder);
            case "pipeline" -> pipeline(read(folder.resolve("pipeline.json")));
            case "camera" -> CameraFigures.of(folder.resolve("camera.json"), NOT_YET);
            case "control" -> control(folder);
            case "console" -> console(folder.resolve("console.json"));
            case "fuzz" -> fuzz(folder.resolve("fuzz.json"));
            case "chaos", "chaos-at-least-once", "soak" ->
                ChaosTable.of(folder.resolve(block.group(2) + ".json"), NOT_YET);
            case "runway" -> OpponentTable.withinAPoint(folder.resolve("runway"));
            case "imagenette" -> OpponentTable.of(folder.resolve("imagenette"), 0.95);
            case "bytes" -> QuantisedTable.of(folder.resolve("runway"), NOT_YET);
            default ->
                throw new IOException(
                    "expected figures:quickstart, pipeline, camera, control, console, fuzz, chaos,"
                        + " chaos-at-least-once, soak, runway, imagenette or bytes, but found figures:"
                        + block.group(2));
          };
      block.appendReplacement(
          out, Matcher.quoteReplacement(block.group(1) + "\n" + table + "\n" + block.group(3)));
    }
    return block.appendTail(out).toString();
  }

  private static String quickstart(Path folder) throws IOException {
    JsonNode usual = read(folder.resolve("quickstart.json"));
    JsonNode overload = read(folder.resolve("overload.json"));
    StringBuilder table = new StringBuilder("| | 10 cameras | 40 cameras |\n|---|---|---|\n");
    for (Row row :
        List.of(
            new Row("offered, frames/s", "/offeredPerSecond", "%.0f"),
            new Row("budget, cores", "/budgetCores", "%.2f"),
            new Row("used, cores", "/usedCores", "%.3f"),
            new Row("whole process, cores", "/processCores", "%.2f"),
            new Row(
                "CPU per frame that came, shed ones included, ms", "/cpuMillisPerFrame", "%.2f"),
            new Row("frames in", "/framesIn", "%.0f"),
            new Row("classified", "/classified", "%.0f"),
            new Row("shed", "/shed", "%.0f"),
            new Row("unaccounted", "/unaccounted", "%.0f"),
            new Row("mean looks", "/meanLooks", "%.2f"),
            new Row("age of classified frames, p50, ms", "/agePercentilesMillis/p50", "%.0f"),
            new Row("age of classified frames, p99, ms", "/agePercentilesMillis/p99", "%.0f"),
            new Row("first label after JVM start, s", "/firstLabelSeconds", "%.1f"),
            new Row("resident memory at its peak, MB", "/residentMegabytes", "%.0f"),
            new Row("native handles open at the end", "/nativeHandlesOpen", "%.0f"))) {
      table.append("| %s | %s | %s |\n".formatted(row.name, row.value(usual), row.value(overload)));
    }
    return table + "\n" + usual.path("machine").asText() + "\n";
  }

  private static String pipeline(JsonNode report) {
    StringBuilder table = new StringBuilder("| | frames/s | against bare |\n|---|---|---|\n");
    for (List<String> line :
        List.of(
            List.of("decode and looks alone", "bareFps", ""),
            List.of("Flink job, source in process", "inProcessFps", "inProcessRatio"),
            List.of("Flink job, through Kafka", "kafkaFps", "kafkaRatio"))) {
      table.append(
          "| %s | %s | %s |\n"
              .formatted(
                  line.get(0),
                  new Row("", "/" + line.get(1), "%.0f").value(report),
                  line.get(2).isEmpty()
                      ? "1"
                      : new Row("", "/" + line.get(2), "%.2f").value(report)));
    }
    return table + "\n" + report.path("machine").asText() + "\n";
  }

  private static String control(Path folder) throws IOException {
    if (!Files.exists(folder.resolve("control.json"))) {
      return NOT_YET;
    }
    JsonNode report = read(folder.resolve("control.json"));
    StringBuilder table = new StringBuilder(line(Finding.HEADS));
    table.append(line(Collections.nCopies(Finding.HEADS.size(), "---")).replace(" ", ""));
    ObjectMapper mapper = new ObjectMapper();
    for (JsonNode finding : report.path("findings")) {
      table.append(line(mapper.treeToValue(finding, Finding.class).cells()));
    }
    if (report.path("findings").isEmpty()) {
      throw new IllegalArgumentException("expected findings in the report, but found none");
    }
    Path alone = folder.resolve("controller.json");
    if (Files.exists(alone)) {
      String micros = new Row("", "/40 cameras/microsPerFrame", "%.1f").value(read(alone));
      table.append(
          line(
              List.of(
                  "the controller alone, microseconds a frame (JMH)",
                  "40 cameras",
                  "at most 20",
                  micros,
                  "-",
                  "-")));
    }
    return table
        + String.format(
            Locale.ROOT,
            "%n%s; load average %.1f before, %.1f after%n",
            report.path("machine").asText(),
            report.path("loadBefore").asDouble(),
            report.path("loadAfter").asDouble());
  }

  private static String console(Path file) throws IOException {
    if (!Files.exists(file)) {
      return NOT_YET;
    }
    JsonNode report = read(file);
    StringBuilder table = new StringBuilder("| | measured | wanted |\n|---|---|---|\n");
    for (List<String> line :
        List.of(
            List.of("cameras", "/cameras", "%.0f", "40"),
            List.of("nobody looks, cores", "/noPageCores", "%.3f", ""),
            List.of("one page open, cores", "/onePageCores", "%.3f", "at most 0.05"),
            List.of("of which the page, cores", "/pageCores", "%.3f", ""),
            List.of("a slow browser besides, cores", "/slowPageCores", "%.3f", "nothing"),
            List.of("pictures drawn per second", "/picturesPerSecond", "%.0f", "80"),
            List.of("page, compressed, KB", "/weightKilobytes", "%.0f", "under 300"),
            List.of("interactive after, ms", "/interactiveMillis", "%.0f", "at most 1000"),
            List.of("from frame to frame, p50, ms", "/frameMillisP50", "%.0f", ""),
            List.of("from frame to frame, p99, ms", "/frameMillisP99", "%.0f", ""))) {
      String value = new Row("", line.get(1), line.get(2)).value(report);
      table.append(line(List.of(line.get(0), value, line.get(3))));
    }
    return table
        + String.format(
            Locale.ROOT,
            "%n%s, %s; load average %.1f before, %.1f after%n",
            report.path("machine").asText(),
            report.path("versions").path("browser").asText(),
            report.path("loadBefore").asDouble(),
            report.path("loadAfter").asDouble());
  }

  private static String fuzz(Path file) throws IOException {
    if (!Files.exists(file)) {
      return NOT_YET;
    }
    JsonNode report = read(file);
    StringBuilder table =
        new StringBuilder(line(List.of("target", "minutes", "of CPU time", "inputs", "found")));
    table.append("|---|---|---|---|---|\n");
    report
        .path("targets")
        .properties()
        .forEach(
            target -> {
              JsonNode run = target.getValue();
              table.append(
                  line(
                      List.of(
                          target.getKey(),
                          minutes(run.path("seconds")),
                          minutes(run.path("cpuSeconds")),
                          run.path("executions").asText(),
                          run.path("findings").asText())));
            });
    return table + "\n" + report.path("machine").asText() + "\n";
  }

  private static String minutes(JsonNode seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds.asDouble() / 60);
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static JsonNode read(Path report) throws IOException {
    return new ObjectMapper().readTree(Files.readString(report));
  }

  /** One line of a table: a figure's name, its place in the report and how it is printed. */
  record Row(String name, String pointer, String format) {
    String value(JsonNode report) {
      JsonNode found = report.at(pointer);
      if (!found.isNumber()) {
        throw new IllegalArgumentException(
            "expected a number at " + pointer + " of the report, but found '" + found + "'");
      }
      // What rounds to nothing has no sign.
      return String.format(Locale.ROOT, format, found.asDouble())
          .replaceFirst("^-(0\\.?0*)$", "$1");
    }
  }
}
