package io.saccade.cli;

import io.saccade.bench.control.ControlBench;
import io.saccade.bench.control.ControlOptions;
import io.saccade.bench.control.ControlReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code saccade bench control}. */
@Command(
    name = "control",
    description = {
      "Measures whether the budget holds on the real job.",
      "A broker and cameras run beside it: loads that change, a thief of CPU time, hard"
          + " clips, an outage; and what the simulator says to the same. Takes 13 minutes and wants"
          + " the machine for itself.",
      "",
      "Example: saccade bench control --report control.json",
      "Example: saccade bench control --scenarios step-x3,theft",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class BenchControlCommand implements Callable<Integer> {
  private static final double QUICK = 0.4;
  private static final int PICTURES = 40;
  private static final int FEW_PICTURES = 10;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--scenarios",
      split = ",",
      paramLabel = "all|NAME",
      description =
          "all, or some of even, poisson, step-x3, beyond-glances, theft, content, hostile-camera,"
              + " outage, budget-change (default: all).",
      showDefaultValue = Visibility.NEVER)
  private List<String> scenarios = List.of("all");

  @Option(
      names = "--seconds-scale",
      paramLabel = "FACTOR",
      description = "Of all times; below 1 not every measure can be taken.")
  private double scale = 1;

  @Option(names = "--rounds", paramLabel = "N", description = "How often everything is played.")
  private int rounds = 1;

  @Option(
      names = "--quick",
      description = "For trying: few pictures and 0.4 of the times, or of --seconds-scale.")
  private boolean quick;

  @Option(names = "--seed", paramLabel = "N", description = "Of everything that is drawn by lot.")
  private long seed = 42;

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      description = "The model (default: the one that is shipped).")
  private @Nullable Path bundle;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path report;

  @Override
  public Integer call() throws Exception {
    ControlReport figures = ControlBench.run(options(), System.out);
    figures.table().forEach(System.out::println);
    if (!figures.machineWasFree()) {
      System.out.println(
          "the cameras could not keep to their times: the machine was too busy for these figures to mean much");
    }
    if (report != null) {
      figures.write(report);
      System.out.println("report: " + report);
    }
    long missed = figures.findings().stream().filter(it -> !it.held()).count();
    if (missed > 0) {
      System.out.println(missed + " of " + figures.findings().size() + " lines missed their bound");
    }
    return ExitCode.OK;
  }

  private ControlOptions options() {
    try {
      return new ControlOptions(
          Home.folder().resolve("deploy/quickstart/clips"),
          bundle == null ? Home.bundle() : bundle,
          scenarios.contains("all") ? ControlOptions.ALL : scenarios,
          quick ? QUICK * scale : scale,
          rounds,
          quick ? FEW_PICTURES : PICTURES,
          seed);
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }
}
