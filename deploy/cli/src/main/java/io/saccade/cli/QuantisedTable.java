package io.saccade.cli;

import io.saccade.evaluate.Pairing;
import io.saccade.evaluate.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reports of {@code model evaluate} of a network in floats and in bytes, side by side. */
final class QuantisedTable {
  private QuantisedTable() {}

  /**
   * The table.
   *
   * @param folder with {@code focus.json} and {@code int8.json}
   * @param none what is said when the latter is not there
   */
  static String of(Path folder, String none) throws IOException {
    if (!Files.exists(folder.resolve("int8.json"))) {
      return none;
    }
    Report floats = Report.read(folder.resolve("focus.json"));
    Report bytes = Report.read(folder.resolve("int8.json"));
    return "| | floats | 8 bits | |\n|---|---|---|---|\n"
        + "| right after each look | %s | %s | %s points |\n"
            .formatted(rights(floats), rights(bytes), gains(floats, bytes))
        + ratio("CPU of the glance, ms", glance(floats), glance(bytes))
        + ratio("of a patch, ms", patch(floats), patch(bytes))
        + ratio("of all looks and decoding, ms", all(floats), all(bytes))
        + "\n%d frames of %d clips; differences are paired by clip, intervals 90 %%. %s\n"
            .formatted(bytes.frames(), bytes.clips(), bytes.machine().name());
  }

  private static String rights(Report report) {
    return report.accuracyPerStep().stream()
        .map(right -> String.format(Locale.ROOT, "%.3f", right))
        .collect(Collectors.joining(", "));
  }

  private static String gains(Report floats, Report bytes) {
    return Pairing.gains(floats, bytes).stream()
        .map(
            gain ->
                String.format(
                    Locale.ROOT,
                    "%+.1f (%+.1f to %+.1f)",
                    100 * gain.mean(),
                    100 * gain.low(),
                    100 * gain.high()))
        .collect(Collectors.joining(", "));
  }

  private static String ratio(String name, double floats, double bytes) {
    return String.format(
        Locale.ROOT, "| %s | %.2f | %.2f | %.2f times |%n", name, floats, bytes, bytes / floats);
  }

  private static double glance(Report report) {
    return report.stages().lookMillis().get(0);
  }

  private static double patch(Report report) {
    List<Double> looks = report.stages().lookMillis();
    return looks.stream().skip(1).mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double all(Report report) {
    return report.frontier().get(report.frontier().size() - 1).meanCpuMillis();
  }
}
