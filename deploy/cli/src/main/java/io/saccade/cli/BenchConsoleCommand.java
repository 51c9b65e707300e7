package io.saccade.cli;

import io.saccade.bench.console.ConsoleBench;
import io.saccade.bench.console.ConsoleBenchOptions;
import io.saccade.bench.console.ConsoleReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code saccade bench console}. */
@Command(
    name = "console",
    description = {
      "Measures what the web page costs, and how smoothly it moves.",
      "The console's process with nobody looking, with one page open in a real browser, with"
          + " a slow browser besides. Takes two minutes and a half. Needs Chromium (Debian:"
          + " chromium).",
      "",
      "Example: saccade bench console --report console.json",
      "Example: saccade bench console --images docs/images",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class BenchConsoleCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--cameras", paramLabel = "N", description = "On the wall.")
  private int cameras = 40;

  @Option(names = "--seconds", paramLabel = "SECONDS", description = "Counted in each turn.")
  private int seconds = 8;

  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each kind.")
  private int rounds = 3;

  @Option(
      names = "--images",
      paramLabel = "FOLDER",
      description = "Take the documentation's pictures of the page as well.")
  private @Nullable Path images;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path report;

  @Override
  public Integer call() throws Exception {
    ConsoleReport figures = ConsoleBench.run(options(), System.out);
    System.out.printf(
        Locale.ROOT,
        "%.1f %% of a core with one page open, of which the page %.1f; a slow one besides %.1f%n",
        100 * figures.onePageCores(),
        100 * figures.pageCores(),
        100 * figures.slowPageCores());
    System.out.printf(
        Locale.ROOT,
        "%.0f pictures/s, frames every %.0f ms (p99 %.0f); %.0f KB, interactive after %.0f ms%n",
        figures.picturesPerSecond(),
        figures.frameMillisP50(),
        figures.frameMillisP99(),
        figures.weightKilobytes(),
        figures.interactiveMillis());
    if (report != null) {
      figures.write(report);
      System.out.println("report: " + report);
    }
    return ExitCode.OK;
  }

  private ConsoleBenchOptions options() {
    try {
      return new ConsoleBenchOptions(Home.folder(), cameras, seconds, rounds, images);
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }
}
