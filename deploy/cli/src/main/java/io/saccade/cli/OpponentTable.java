package io.saccade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reports of {@code model evaluate} side by side: a Glance-and-Focus network along its frontier,
 * and networks of one look at the whole view, named by its side. Ratios are to the largest of
 * these.
 */
final class OpponentTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEADS =
      "| | right | CPU of the network, ms | of %1$s | CPU with decoding, ms | of %1$s |"
          + " multiply-adds, million |\n|---|---|---|---|---|---|---|\n";

  /** How a network was run, and what came of it. */
  private record Way(String name, double right, double network, double cpu, double multiplyAdds) {
    static Way of(String name, JsonNode point) {
      return new Way(
          name,
          number(point, "accuracy"),
          number(point, "meanNetworkCpuMillis"),
          number(point, "meanCpuMillis"),
          number(point, "meanMultiplyAdds"));
    }

    /**
     * Accuracies of opponents are not told: what a look costs does not depend on what was learnt.
     */
    String line(Way largest, boolean told) {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %.2f | %.2f | %.2f | %.2f | %.0f |%n",
          name,
          told ? String.format(Locale.ROOT, "%.3f", right) : "-",
          network,
          network / largest.network,
          cpu,
          cpu / largest.cpu,
          multiplyAdds / 1e6);
    }
  }

  private OpponentTable() {}

  /**
   * The table, in which exits are to be right a point less often than every look.
   *
   * @param folder with {@code focus.json} and {@code static-SIDE.json}
   */
  static String withinAPoint(Path folder) throws IOException {
    JsonNode focus = read(folder.resolve("focus.json"));
    JsonNode frontier = focus.path("frontier");
    return table(folder, focus, number(frontier.path(frontier.size() - 1), "accuracy") - 0.01);
  }

  /**
   * The table.
   *
   * @param folder with {@code focus.json} and {@code static-SIDE.json}
   * @param accuracy what exits are to keep, as a share of frames right
   */
  static String of(Path folder, double accuracy) throws IOException {
    return table(folder, read(folder.resolve("focus.json")), accuracy);
  }

  private static String table(Path folder, JsonNode focus, double accuracy) throws IOException {
    List<Path> reports = opponents(folder);
    List<Way> opponents = new ArrayList<>();
    for (Path report : reports) {
      int side = side(report);
      opponents.add(
          Way.of("one look at %1$d x %1$d".formatted(side), read(report).path("frontier").get(0)));
    }
    Way largest = opponents.get(0);
    StringBuilder table = new StringBuilder(HEADS.formatted(side(reports.get(0)) + "'s"));
    opponents.forEach(way -> table.append(way.line(largest, false)));
    focusWays(focus.path("frontier"), accuracy)
        .forEach(way -> table.append(way.line(largest, true)));
    return table
        .append("\n")
        .append("%d frames. ".formatted(focus.path("frames").asInt()))
        .append(focus.path("machine").path("name").asText())
        .append(
            String.format(
                Locale.ROOT,
                "; load average %.1f before",
                focus.path("machine").path("loadBefore").asDouble()))
        .append("\n")
        .toString();
  }

  private static List<Way> focusWays(JsonNode frontier, double accuracy) {
    List<Way> ways = new ArrayList<>();
    ways.add(Way.of("the glance alone", frontier.get(0)));
    for (JsonNode point : frontier) {
      if (number(point, "accuracy") >= accuracy) {
        ways.add(
            Way.of(
                String.format(
                    Locale.ROOT,
                    "with exits, least cost that keeps %.3f: %.2f looks",
                    accuracy,
                    number(point, "meanLooks")),
                point));
        break;
      }
    }
    ways.add(Way.of("every look", frontier.get(frontier.size() - 1)));
    return ways;
  }

  private static List<Path> opponents(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files
              .filter(file -> file.getFileName().toString().matches("static-\\d+\\.json"))
              .sorted(Comparator.comparingInt(OpponentTable::side).reversed())
              .toList();
      if (found.isEmpty()) {
        throw new IOException("expected static-SIDE.json in " + folder + ", but found none");
      }
      return found;
    }
  }

  private static int side(Path report) {
    return Integer.parseInt(report.getFileName().toString().replaceAll("\\D", ""));
  }

  private static double number(JsonNode point, String name) {
    if (!point.path(name).isNumber()) {
      throw new IllegalArgumentException(
          "expected a number at " + name + " of the report's frontier, but found '" + point + "'");
    }
    return point.path(name).asDouble();
  }

  private static JsonNode read(Path report) throws IOException {
    return JSON.readTree(Files.readString(report));
  }
}
