package io.saccade.simulate;

import io.saccade.simulate.scale.Convergence;
import io.saccade.simulate.scale.Mishap;
import io.saccade.simulate.scale.ScaleReport;
import io.saccade.simulate.scale.ShareTime;
import io.saccade.simulate.scale.Traffic;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TraceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code saccade simulate fleet}: one budget among many subtasks. */
@Command(
    name = "fleet",
    description = {
      "Shares one budget among many subtasks: how long one share takes to compute, what news",
      "costs, and how soon all agree after a jump of demand, lost news, lost subtasks.",
      "A thousand take a minute or two.",
      "",
      "Example: saccade simulate fleet --subtasks 1000",
      "Example: saccade simulate fleet --report scale.json --page scale.md",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
public final class FleetCommand implements Callable<Integer> {
  private static final int MOST = 10_000;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--subtasks", paramLabel = "N", description = "How many.")
  private int subtasks = 1_000;

  @Option(
      names = "--news-delay",
      paramLabel = "TIME",
      description = "Time that news is under way (default: 250ms).",
      showDefaultValue = Visibility.NEVER)
  private Duration newsDelay = Duration.ofMillis(250);

  @Option(names = "--seed", description = "The same seed gives the same demands.")
  private long seed = 42;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path report;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Put the tables between the fleet marks of a Markdown page.")
  private @Nullable Path page;

  @Override
  public Integer call() throws IOException {
    requireSense();
    ScaleReport found = found(TraceFile.shipped());
    if (report != null) {
      found.write(report);
    }
    if (page != null) {
      found.page(page);
    }
    return ExitCode.OK;
  }

  private ScaleReport found(Trace trace) {
    PrintWriter out = commandSpec().commandLine().getOut();
    List<ShareTime> shares = new ArrayList<>();
    List<Traffic> traffic = new ArrayList<>();
    for (int number : new TreeSet<>(List.of(10, 100, 1_000, subtasks))) {
      ShareTime share = ShareTime.measure(number, seed);
      Traffic told = Traffic.of(number, trace);
      shares.add(share);
      traffic.add(told);
      out.printf(
          Locale.ROOT,
          "%,6d subtasks: a share takes %.1f us (%.3f %% of a core at each); status topic %.2f"
              + " MB/s, news to all %.3f MB/s%n",
          number,
          share.microseconds(),
          100 * share.coreShare(),
          told.statusBytesPerSecond() / 1e6,
          told.newsBytesPerSecond() / 1e6);
      out.flush();
    }
    double seconds = newsDelay.toNanos() / 1e9;
    List<Convergence> mishaps = new ArrayList<>();
    for (Mishap mishap : Mishap.values()) {
      Convergence it = Convergence.of(mishap, subtasks, seconds, seed);
      mishaps.add(it);
      out.printf(
          Locale.ROOT,
          "%-32s %3.0f %% of them: over the budget by at most %.1f %%, under by %.1f %%, at rest"
              + " after %.2f s%n",
          it.words(),
          100 * it.struck(),
          100 * Math.max(0, it.mostOver()),
          100 * Math.max(0, it.leastUnder()),
          it.settledSeconds());
      out.flush();
    }
    return new ScaleReport(subtasks, seconds, seed, shares, traffic, mishaps, machine());
  }

  private static String machine() {
    return "%d cores, %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"),
            System.getProperty("java.version"));
  }

  private void requireSense() {
    if (subtasks < 2 || subtasks > MOST) {
      throw new ParameterException(
          commandSpec().commandLine(),
          "--subtasks must be within [2, %d], but were %d".formatted(MOST, subtasks));
    }
    if (newsDelay.isNegative() || newsDelay.compareTo(Duration.ofSeconds(2)) > 0) {
      throw new ParameterException(
          commandSpec().commandLine(),
          "--news-delay must be from 0 to 2 s, but was " + newsDelay.toMillis() + " ms");
    }
  }

  private CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli, but was not");
    }
    return spec;
  }
}
