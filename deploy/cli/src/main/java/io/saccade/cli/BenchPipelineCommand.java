package io.saccade.cli;

import io.saccade.bench.BenchOptions;
import io.saccade.bench.PipelineBench;
import io.saccade.bench.PipelineReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code saccade bench pipeline}. */
@Command(
    name = "pipeline",
    description = {
      "Measures frames per second, from a plain loop to Kafka.",
      "A plain loop, the Flink job with a source in the process, and the job from Kafka to"
          + " Kafka: in turn, on one classifying thread, at one operating point.",
      "",
      "Example: saccade bench pipeline --seconds 20 --report bench.json",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class BenchPipelineCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "Counted time, all ways and rounds together.")
  private double seconds = 20;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds in which each way has one turn, 3 or more.")
  private int rounds = 5;

  @Option(
      names = "--position",
      paramLabel = "POSITION",
      description = "Operating point on the model's frontier (default: its middle).")
  private @Nullable Double position;

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      description = "The model (default: the one that is shipped).")
  private @Nullable Path bundle;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path report;

  @Override
  public Integer call() throws Exception {
    PipelineReport figures = PipelineBench.run(options(), System.out);
    System.out.printf(
        Locale.ROOT,
        "bare %.1f/s, in process %.1f/s (%.2f), through Kafka %.1f/s (%.2f)%n",
        figures.bareFps(),
        figures.inProcessFps(),
        figures.inProcessRatio(),
        figures.kafkaFps(),
        figures.kafkaRatio());
    if (report != null) {
      figures.write(report);
      System.out.println("report: " + report);
    }
    return ExitCode.OK;
  }

  private BenchOptions options() {
    try {
      return new BenchOptions(
          Home.folder().resolve("deploy/quickstart/clips"),
          bundle == null ? Home.bundle() : bundle,
          seconds,
          rounds,
          position);
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }
}
