package io.saccade.cli;

import io.saccade.cluster.chaos.Chaos;
import io.saccade.cluster.chaos.ChaosOptions;
import io.saccade.cluster.chaos.ChaosReport;
import io.saccade.cluster.chaos.FaultKind;
import io.saccade.job.Choice;
import io.saccade.job.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code saccade chaos}. */
@Command(
    name = "chaos",
    description = {
      "Kills and freezes parts of a cluster, and looks for lost labels.",
      "A cluster and a broker are started, cameras send, and TaskManagers, the JobManager and"
          + " the broker are killed or frozen in random order. In the end every frame that the"
          + " broker has taken must have its label. Ends with 1 when a label is missing or, with"
          + " exactly-once, doubled, and when three checkpoints fail in a row; failures in the two"
          + " seconds in which a TaskManager's kill is not noticed yet do not count.",
      "With --strict also when labels are back later than 10 s after a killed TaskManager or"
          + " 15 s after a killed JobManager; while nothing is wrong the p99 from capture to label"
          + " is above 700 ms or that of a checkpoint above 500 ms; memory in the last quarter of"
          + " the run (of seven minutes at least) is more than 15 %% above the first; or native"
          + " handles become more or fewer.",
      "",
      "Example: saccade chaos --seed 1 --faults 40 --report chaos.json",
      "Example: saccade chaos --faults 12 --every 10m \\",
      "    --cameras 20 --fps 15 --report soak.json",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class ChaosCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the order of the faults and of who is hit.")
  private long seed = 1;

  @Option(
      names = "--faults",
      paramLabel = "N",
      description = "How many, equally many of each kind.")
  private int faults = 40;

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      converter = Kind.class,
      description =
          "Of kill-taskmanager, kill-jobmanager, kill-broker, freeze (default: all of them).",
      showDefaultValue = Visibility.NEVER)
  private Set<FaultKind> kinds = EnumSet.allOf(FaultKind.class);

  @Option(
      names = "--guarantee",
      paramLabel = "HOW",
      converter = Choice.OfDelivery.class,
      description = "exactly-once or at-least-once (default: exactly-once).",
      showDefaultValue = Visibility.NEVER)
  private Delivery guarantee = Delivery.EXACTLY_ONCE;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "From fault to fault (default: as soon as all is well again).")
  private @Nullable Duration every;

  @Option(
      names = "--frozen",
      paramLabel = "TIME",
      description = "How long a frozen process stands still (default: 20s).",
      showDefaultValue = Visibility.NEVER)
  private Duration frozen = ChaosOptions.FROZEN;

  @Option(names = "--cameras", paramLabel = "N", description = "Cameras that show sample clips.")
  private int cameras = 6;

  @Option(names = "--fps", paramLabel = "FPS", description = "Frames per second of each camera.")
  private double framesPerSecond = 5;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Subtasks, each in a TaskManager of its own; there is a spare one besides.")
  private int parallelism = 2;

  @Option(
      names = "--budget-cores",
      paramLabel = "CORES",
      description = "CPU seconds per second for the job.")
  private double budgetCores = 0.8;

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      description = "The model (default: the one that is shipped).",
      showDefaultValue = Visibility.NEVER)
  private @Nullable Path bundle;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description =
          "For all processes, new, empty or of a former run, whose remains go (default: work/chaos"
              + " where saccade is).",
      showDefaultValue = Visibility.NEVER)
  private @Nullable Path folder;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path report;

  @Option(
      names = "--strict",
      description =
          "End with 1 also when a bound is missed: else that is only said, and in the report.")
  private boolean strict;

  @Override
  public Integer call() throws Exception {
    ChaosOptions options = options();
    requireWritable();
    ChaosReport figures = Chaos.run(options, System.out::println);
    System.out.println(figures.summary());
    if (report != null) {
      figures.write(report);
      System.out.println("report: " + report);
    }
    List<String> complaints = new ArrayList<>(figures.complaints());
    if (strict) {
      complaints.addAll(figures.missed());
    } else {
      figures.missed().forEach(missed -> System.out.println("missed: " + missed));
    }
    complaints.forEach(complaint -> System.err.println("saccade: " + complaint));
    return complaints.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Now, rather than after hours. What is there stays as it is. */
  private void requireWritable() {
    if (report == null) {
      return;
    }
    Path file = report.toAbsolutePath();
    try {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      boolean before = Files.exists(file);
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      if (!before) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw Complaint.of(
          spec,
          "--report must be a file that can be written, but %s cannot be (%s)"
              .formatted(report, e));
    }
  }

  private ChaosOptions options() {
    try {
      return new ChaosOptions(
          folder == null ? Home.work().resolve("chaos") : folder,
          seed,
          faults,
          kinds,
          guarantee,
          cameras,
          framesPerSecond,
          parallelism,
          budgetCores,
          every,
          frozen,
          bundle == null ? Home.bundle() : bundle,
          Home.folder().resolve("deploy/quickstart/clips"));
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }

  /** A kind of fault by its word. */
  static final class Kind implements ITypeConverter<FaultKind> {
    @Override
    public FaultKind convert(String text) {
      return Arrays.stream(FaultKind.values())
          .filter(kind -> kind.word().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of %s, but was '%s'"
                          .formatted(
                              String.join(
                                  ", ",
                                  Arrays.stream(FaultKind.values()).map(FaultKind::word).toList()),
                              text)));
    }
  }
}
