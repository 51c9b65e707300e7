package io.saccade.evaluate;

import io.saccade.evaluate.Chart.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The report's figures as pictures, beside the report. */
public final class Charts {
  /** From the glance to the last look, light to dark. */
  private static final List<String> LOOKS =
      List.of("#9ecae1", "#4292c6", "#08519c", "#08306b", "#041a3a");

  private Charts() {}

  /**
   * Writes {@code NAME-accuracy.svg} and {@code NAME-exits.svg} beside {@code NAME.json}.
   *
   * @return the files written
   */
  public static List<Path> write(Report report, Path file) throws IOException {
    String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    Path accuracy = file.resolveSibling(stem + "-accuracy.svg");
    Path exits = file.resolveSibling(stem + "-exits.svg");
    Files.writeString(accuracy, accuracy(report));
    Files.writeString(exits, exits(report));
    return List.of(accuracy, exits);
  }

  /** Accuracy against CPU time: with exits, and always the same number of looks. */
  static String accuracy(Report report) {
    List<double[]> budgeted = new ArrayList<>();
    List<double[]> band = new ArrayList<>();
    for (Report.Point point : report.frontier()) {
      double at = point.meanCpuMillis();
      budgeted.add(new double[] {at, point.accuracy()});
      Report.Estimate interval = point.accuracyInterval();
      band.add(new double[] {at, interval.low(), interval.high()});
    }
    List<double[]> anytime = new ArrayList<>();
    double spent = report.stages().decodeMillis();
    for (int look = 0; look < report.accuracyPerStep().size(); look++) {
      spent += report.stages().lookMillis().get(look);
      anytime.add(new double[] {spent, report.accuracyPerStep().get(look)});
    }
    double least = band.stream().mapToDouble(at -> at[1]).min().orElse(0);
    double end = Math.ceil(spent * 1.05);
    return new Chart(
            "%s %s on %s: %d frames of %d clips"
                .formatted(
                    report.model().id(),
                    report.model().version(),
                    report.data(),
                    report.frames(),
                    report.clips()),
            new Range("CPU per frame, ms, decoding included", 0, end, "%.1f"),
            new Range("accuracy", Math.min(0.9, Math.floor(least * 10) / 10), 1, "%.2f"))
        .ticksAcross(IntStream.rangeClosed(0, 5).mapToObj(tick -> end * tick / 5).toList())
        .band(Chart.BLUE, band)
        .line(Chart.ORANGE, "5 4", anytime)
        .line(Chart.BLUE, "none", budgeted)
        .legend(1, Chart.BLUE, "with exits (90 %)")
        .legend(0, Chart.ORANGE, "every frame alike")
        .svg();
  }

  /** Which share of the frames ends at which look, from the cheapest point to the dearest. */
  static String exits(Report report) {
    List<Report.Point> points = report.frontier();
    Chart chart =
        new Chart(
                "%s %s on %s: the look at which frames end"
                    .formatted(report.model().id(), report.model().version(), report.data()),
                new Range("operating point", -0.5, points.size() - 0.5, "%.0f"),
                new Range("share of frames", 0, 1, "%.1f"))
            .ticksAcross(points.stream().map(point -> (double) point.position()).toList());
    for (Report.Point point : points) {
      double from = 0;
      for (int look = 0; look < point.exitShares().size(); look++) {
        double to = from + point.exitShares().get(look);
        chart.bar(colour(look), point.position(), 0.8, from, to);
        from = to;
      }
    }
    int looks = report.accuracyPerStep().size();
    for (int look = 0; look < Math.min(3, looks); look++) {
      int shown = look == 2 ? looks - 1 : look;
      chart.legend(2 - look, colour(shown), "look " + (shown + 1));
    }
    return chart.svg();
  }

  private static String colour(int look) {
    return LOOKS.get(Math.min(look, LOOKS.size() - 1));
  }
}
