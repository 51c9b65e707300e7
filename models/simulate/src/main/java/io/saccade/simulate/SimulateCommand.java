package io.saccade.simulate;

import io.saccade.simulate.contest.Contest;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.load.Scenarios;
import io.saccade.simulate.report.Reports;
import io.saccade.simulate.report.Table;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TraceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code saccade simulate}: every controller in every scenario, in virtual time. */
@Command(
    name = "simulate",
    description = {
      "Plays loads and faults in virtual time, to compare controllers.",
      "The control law and others play each. The looks are recorded ones, of a network of three"
          + " unless --trace is given; what was possible in hindsight stands beside each run.",
      "",
      "Example: saccade simulate",
      "Example: saccade simulate --list",
      "Example: saccade simulate --scenarios burst,job-down --html simulation.html",
      "Example: saccade simulate --scenarios all --report simulation.json",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    subcommands = {RecordCommand.class, FleetCommand.class})
public final class SimulateCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--scenarios",
      paramLabel = "NAME",
      split = ",",
      description = "Which scenarios to play, or all; see --list (default: all).",
      showDefaultValue = Visibility.NEVER)
  private List<String> names = new ArrayList<>(List.of(ALL));

  @Option(names = "--list", description = "Only show the scenarios.")
  private boolean list;

  @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same figures.")
  private long seed = 42;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "A trace written by 'simulate record' (default: one of a network of three looks).")
  private @Nullable Path traceFile;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path report;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write charts as one page that opens without a network.")
  private @Nullable Path html;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Put the table between the simulation marks of a Markdown page.")
  private @Nullable Path page;

  @Override
  public Integer call() throws IOException {
    Trace trace = traceFile == null ? TraceFile.shipped() : TraceFile.read(traceFile);
    List<Scenario> chosen = chosen(Scenarios.of(trace));
    PrintWriter out = commandSpec().commandLine().getOut();
    if (list) {
      chosen.forEach(it -> out.printf(Locale.ROOT, "%-19s %s%n", it.name(), it.about()));
      out.flush();
      return ExitCode.OK;
    }
    List<Contest> contests = play(chosen, trace, out);
    if (report != null) {
      Reports.json(contests, trace, seed, report);
    }
    if (html != null) {
      Reports.html(contests, trace, html);
    }
    if (page != null) {
      Reports.page(contests, trace, seed, page);
    }
    out.flush();
    return ExitCode.OK;
  }

  private List<Contest> play(List<Scenario> scenarios, Trace trace, PrintWriter out) {
    out.println(Table.head());
    List<Contest> contests = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      Contest contest = Contest.of(scenario, trace, seed);
      contests.add(contest);
      Table.lines(contest).forEach(out::println);
      out.flush();
    }
    Table.legend().forEach(out::println);
    return contests;
  }

  private List<Scenario> chosen(List<Scenario> all) {
    List<Scenario> chosen = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      if (name.equals(ALL)) {
        return all;
      }
      Optional<Scenario> found = all.stream().filter(it -> it.name().equals(name)).findAny();
      chosen.add(
          found.orElseThrow(
              () ->
                  new ParameterException(
                      commandSpec().commandLine(),
                      "--scenarios must be all or of %s, but was %s"
                          .formatted(
                              String.join(", ", all.stream().map(Scenario::name).toList()),
                              name))));
    }
    return chosen;
  }

  private CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli, but was not");
    }
    return spec;
  }
}
