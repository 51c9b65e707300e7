package io.saccade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoublePredicate;

/** The table of what the camera process costs and survives, from the report of its benchmark. */
final class CameraFigures {
  private CameraFigures() {}

  /**
   * The table; an aim that was not reached says so.
   *
   * @param file the report
   * @param otherwise what stands there when there is no report
   */
  static String of(Path file, String otherwise) throws IOException {
    if (!Files.exists(file)) {
      return otherwise;
    }
    JsonNode report = new ObjectMapper().readTree(Files.readString(file));
    StringBuilder table = new StringBuilder("| | measured | wanted |\n|---|---|---|\n");
    for (Line line : lines(report)) {
      table.append("| %s | %s | %s |\n".formatted(line.name, line.value(report), line.aim(report)));
    }
    return table + "\n" + report.path("machine").asText() + "\n";
  }

  private static List<Line> lines(JsonNode report) {
    return List.of(
        exactly("16 cameras, frames dropped", "/many/dropped", "0"),
        exactly("gaps in their numbers", "/many/gaps", "0"),
        plain(
            "CPU of a camera" + feed(report) + ", cores, median of all turns",
            "/many/cpuPerCamera",
            "%.4f"),
        plain("the same by plain ffmpeg, median of all turns", "/many/plainCpuPerCamera", "%.4f"),
        atMost(
            "against the plain ffmpeg of the same turn, median of three",
            "/many/ratio",
            "%.2f",
            "1.3"),
        atMost(
            "MJPEG as it comes, CPU of a frame, ms",
            "/passthrough/cpuMillisPerFrame",
            "%.3f",
            "0.3"),
        plain("picture to Kafka, p50, ms", "/latency/p50", "%.0f"),
        under("picture to Kafka, p99, ms", "/latency/p99", "%.0f", "60"),
        exactly("reconnects", "/reconnects/reconnects", "200"),
        within("memory, last quarter less second, as a share", "/reconnects/growth", "0.05"),
        plain("threads before", "/reconnects/threadsBefore", "%.0f"),
        noMore("threads after", "/reconnects/threadsAfter", report.at("/reconnects/threadsBefore")),
        plain("child processes before", "/reconnects/childrenBefore", "%.0f"),
        noMore(
            "child processes after",
            "/reconnects/childrenAfter",
            report.at("/reconnects/childrenBefore")),
        under(
            "8 broken at once, all back after, s (longest)",
            "/reconnects/backSecondsMost",
            "%.1f",
            "5"),
        under("fault noticed, s (longest)", "/faults/noticedSecondsMost", "%.1f", "10"),
        under(
            "frames again after the camera's return, s (longest)",
            "/faults/backSecondsMost",
            "%.1f",
            "5"),
        exactly("gaps of the camera beside them", "/faults/gaps", "0"),
        exactly("broker away for, s", "/outage/seconds", "60"),
        new Line("frames dropped meanwhile", "/outage/dropped", "%.0f", "counted", any -> true),
        new Line(
            "memory grown meanwhile, as a share",
            "/outage/growth",
            "%.3f",
            "none",
            grown -> grown <= 0),
        under("frames again after its return, s", "/outage/backSeconds", "%.1f", "5"),
        under("time to stop, s", "/stopSeconds", "%.1f", "3"),
        exactly("children left", "/childrenLeft", "0"));
  }

  /** What the cameras sent, where the report tells. */
  private static String feed(JsonNode report) {
    JsonNode many = report.path("many");
    return many.has("picture")
        ? " of %s at %d/s"
            .formatted(many.path("picture").asText(), many.path("framesPerSecond").asInt())
        : "";
  }

  private static Line plain(String name, String pointer, String format) {
    return new Line(name, pointer, format, "", any -> true);
  }

  private static Line exactly(String name, String pointer, String aim) {
    double wanted = Double.parseDouble(aim);
    return new Line(name, pointer, "%.0f", aim, value -> value == wanted);
  }

  private static Line atMost(String name, String pointer, String format, String aim) {
    double most = Double.parseDouble(aim);
    return new Line(name, pointer, format, "at most " + aim, value -> value <= most);
  }

  private static Line under(String name, String pointer, String format, String aim) {
    double bound = Double.parseDouble(aim);
    return new Line(name, pointer, format, "under " + aim, value -> value < bound);
  }

  private static Line within(String name, String pointer, String aim) {
    double most = Double.parseDouble(aim);
    return new Line(name, pointer, "%.3f", "within " + aim, value -> Math.abs(value) <= most);
  }

  private static Line noMore(String name, String pointer, JsonNode before) {
    return new Line(name, pointer, "%.0f", "no more", after -> after <= before.asDouble());
  }

  /** One line of the table: a figure, its place in the report, how it is printed, and its aim. */
  private record Line(
      String name, String pointer, String format, String wanted, DoublePredicate held) {
    String value(JsonNode report) {
      return measured(report) ? printed(report) : "not measured yet";
    }

    /** What was wanted. As printed: a bound is not missed by what nobody can see. */
    String aim(JsonNode report) {
      return !measured(report) || held.test(Double.parseDouble(printed(report)))
          ? wanted
          : wanted + ", missed";
    }

    private String printed(JsonNode report) {
      return new FiguresCommand.Row(name, pointer, format).value(report);
    }

    /** Not in a report that is older than the figure. */
    private boolean measured(JsonNode report) {
      return !report.at(pointer).isMissingNode();
    }
  }
}
