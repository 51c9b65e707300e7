package io.saccade.bench.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the page costs, as written to the report file. Cores are CPU seconds per second of the
 * console's own process, everything in it included.
 *
 * @param cameras on the wall
 * @param noPageCores median over the rounds, with no page open
 * @param onePageCores with one page open that has every tile in sight
 * @param pageCores median of the difference within a round
 * @param slowPageCores the same of a second, slow page beside the first
 * @param picturesPerSecond that the page has drawn
 * @param weightKilobytes of the page's files as they are sent, compressed
 * @param interactiveMillis from the navigation to a page that shows cameras, median
 * @param frameMillisP50 between two frames that the browser draws, with everything moving
 * @param frameMillisP99 the same, 99th percentile
 * @param rounds in the order measured
 * @param loadBefore load average of the machine before the first round
 * @param loadAfter after the last
 */
public record ConsoleReport(
    int cameras,
    double noPageCores,
    double onePageCores,
    double pageCores,
    double slowPageCores,
    double picturesPerSecond,
    double weightKilobytes,
    double interactiveMillis,
    double frameMillisP50,
    double frameMillisP99,
    List<Round> rounds,
    double countedSeconds,
    String machine,
    double loadBefore,
    double loadAfter,
    Map<String, String> versions) {

  /** One turn of each kind, one after the other. */
  public record Round(
      double noPageCores,
      double onePageCores,
      double withSlowPageCores,
      double slowKilobytesPerSecond,
      double picturesPerSecond,
      double weightKilobytes,
      double interactiveMillis,
      double frameMillisP50,
      double frameMillisP99) {}

  static ConsoleReport of(
      int cameras,
      List<Round> rounds,
      double countedSeconds,
      String machine,
      double loadBefore,
      double loadAfter,
      Map<String, String> versions) {
    return new ConsoleReport(
        cameras,
        median(rounds, Round::noPageCores),
        median(rounds, Round::onePageCores),
        median(rounds, it -> it.onePageCores() - it.noPageCores()),
        median(rounds, it -> it.withSlowPageCores() - it.onePageCores()),
        median(rounds, Round::picturesPerSecond),
        median(rounds, Round::weightKilobytes),
        median(rounds, Round::interactiveMillis),
        median(rounds, Round::frameMillisP50),
        median(rounds, Round::frameMillisP99),
        List.copyOf(rounds),
        countedSeconds,
        machine,
        loadBefore,
        loadAfter,
        versions);
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Writes the figures as JSON. */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(
        file,
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this));
  }
}
