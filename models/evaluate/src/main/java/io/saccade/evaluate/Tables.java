package io.saccade.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report as Markdown: for the terminal, and for the model card. */
public final class Tables {
  private static final int FEW_CLIPS = 10;

  private final Report report;
  private final StringBuilder text = new StringBuilder();

  private Tables(Report report) {
    this.report = report;
  }

  /** All of it, without a heading. */
  public static String of(Report report) {
    Tables tables = new Tables(report);
    tables.anytime();
    tables.budgeted();
    tables.realRuns();
    tables.footing();
    return tables.text.toString();
  }

  private void anytime() {
    line(
        "%d frames of %d clips of %s, from the encoded pictures, by the classifier that the job runs."
            + " CPU time of its thread, decoding included. Intervals: 90 %%, bootstrap over clips.\n",
        report.frames(), report.clips(), report.data());
    row(
        "looks",
        "right",
        "90 % interval",
        "more than the glance alone, points",
        "calibration error",
        "CPU, ms",
        "multiply-adds, M");
    rule(7);
    double spent = report.stages().decodeMillis();
    for (int look = 0; look < report.accuracyPerStep().size(); look++) {
      spent += report.stages().lookMillis().get(look);
      Report.Estimate gain = report.gains().get(look);
      row(
          String.valueOf(look + 1),
          share(report.accuracyPerStep().get(look)),
          interval(report.intervals().get(look)),
          look == 0
              ? "-"
              : number(
                  "%+.1f (%+.1f to %+.1f)", 100 * gain.mean(), 100 * gain.low(), 100 * gain.high()),
          share(report.calibrationErrorPerStep().get(look)),
          number("%.2f", spent),
          number(
              "%.0f",
              (report.stages().glanceMultiplyAdds()
                      + (double) look * report.stages().focusMultiplyAdds())
                  / 1e6));
    }
    if (report.clips() < FEW_CLIPS) {
      line(
          "\n%d clips are few: the intervals are too narrow, and of one alone they say nothing.",
          report.clips());
    }
  }

  private void budgeted() {
    line(
        "\nWith exits, at each point of the frontier. Predicted is what the clips promise that the"
            + " thresholds were solved on, at the mean cost of each stage here:\n");
    row(
        "point",
        "mean looks",
        "predicted",
        "right",
        "90 % interval",
        "CPU, ms",
        "predicted",
        "network only",
        "multiply-adds, M");
    rule(9);
    for (Report.Point point : report.frontier()) {
      row(
          String.valueOf(point.position()),
          number("%.2f", point.meanLooks()),
          number("%.2f", point.predictedLooks()),
          share(point.accuracy()),
          interval(point.accuracyInterval()),
          number("%.2f", point.meanCpuMillis()),
          number("%.2f (%+.1f %%)", point.predictedCpuMillis(), 100 * point.predictionError()),
          number("%.2f", point.meanNetworkCpuMillis()),
          number("%.0f", point.meanMultiplyAdds() / 1e6));
    }
  }

  private void realRuns() {
    List<String> runs = new ArrayList<>();
    int differing = 0;
    for (Report.RealRun run : report.realRuns()) {
      differing += run.differingFrames();
      runs.add(
          number(
              "point %d %.2f ms (replayed %.2f, %+.1f %%)",
              run.position(),
              run.meanCpuMillis(),
              run.replayedCpuMillis(),
              100 * run.replayError()));
    }
    line(
        "\nThe points are replayed from looks to full depth. Run for real: %s;"
            + " frames that ended otherwise than replayed: %d.",
        String.join(", ", runs), differing);
  }

  private void footing() {
    if (!report.skipped().isEmpty() || !report.emptyClasses().isEmpty()) {
      line(
          "\nLeft out: %d unreadable pictures; %d class folders without pictures%s.",
          report.skipped().size(),
          report.emptyClasses().size(),
          report.emptyClasses().stream().collect(Collectors.joining(", ", " (", ")")));
    }
    Report.Machine machine = report.machine();
    line(
        "\n%s; load average %.1f before, %.1f after; %.0f s",
        machine.name(), machine.loadBefore(), machine.loadAfter(), machine.seconds());
  }

  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void rule(int columns) {
    text.append("|").append("---|".repeat(columns)).append('\n');
  }

  private void line(String format, Object... values) {
    text.append(number(format, values)).append('\n');
  }

  private static String interval(Report.Estimate estimate) {
    return number("%.3f to %.3f", estimate.low(), estimate.high());
  }

  private static String share(double value) {
    return number("%.3f", value);
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
