package io.saccade.cli;

import io.saccade.job.Choice;
import io.saccade.job.Delivery;
import io.saccade.quickstart.BrokerOnly;
import io.saccade.quickstart.Quickstart;
import io.saccade.quickstart.QuickstartOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code saccade quickstart}. */
@Command(
    name = "quickstart",
    description = {
      "Shows the whole system in one process: a Kafka broker, a Flink cluster, sample cameras",
      "and a web page.",
      "",
      "Example: saccade quickstart --cameras 40 --seconds 60",
      "Example: saccade quickstart --brokers-only --port 19092",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class QuickstartCommand implements Callable<Integer> {
  private static final int PARTITIONS_OF_ONES_OWN = 4;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--seconds", description = "How long the cameras play; 0: until Ctrl-C.")
  private int seconds;

  @Option(names = "--cameras", description = "Number of sample cameras.")
  private int cameras = 10;

  @Option(names = "--fps", description = "Frames per second of each camera.")
  private double framesPerSecond = 15;

  @Option(names = "--budget-cores", description = "CPU seconds per second for the job.")
  private double budgetCores = 0.8;

  @Option(
      names = "--target-age",
      description = "Waiting time to work towards (default: 200ms).",
      showDefaultValue = Visibility.NEVER)
  private Duration targetAge = Duration.ofMillis(200);

  @Option(
      names = "--max-age",
      description = "A frame older than this is shed unread (default: 800ms).",
      showDefaultValue = Visibility.NEVER)
  private Duration maxAge = Duration.ofMillis(800);

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      description = "The model (default: the one that is shipped).",
      showDefaultValue = Visibility.NEVER)
  private @Nullable Path bundle;

  @Option(
      names = "--delivery",
      description = "at-least-once or exactly-once (default: at-least-once).",
      converter = Choice.OfDelivery.class,
      showDefaultValue = Visibility.NEVER)
  private Delivery delivery = Delivery.AT_LEAST_ONCE;

  @Option(
      names = "--data-dir",
      paramLabel = "FOLDER",
      description = "Where the broker keeps its records (default: nowhere, they go at the end).")
  private @Nullable Path dataDir;

  @Option(names = "--port", description = "Of the broker on 127.0.0.1; 0: a free one.")
  private int port;

  @Option(
      names = "--frame-partitions",
      paramLabel = "N",
      description = {
        "Of the topic of frames, and so the most subtasks that get any",
        "(default: 4 with --brokers-only, else as many as the job has)."
      },
      showDefaultValue = Visibility.NEVER)
  private @Nullable Integer framePartitions;

  @Option(names = "--web-port", description = "Of Flink's web page; 0: a free one.")
  private int webPort;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the figures of the run as JSON.")
  private @Nullable Path report;

  @Option(names = "--no-console", description = "Without the web page that shows it all.")
  private boolean withoutConsole;

  @Option(names = "--console-port", description = "Of the web page on 127.0.0.1; 0: a free one.")
  private int consolePort;

  @Option(
      names = "--plain",
      description = "One plain line a second instead of a table, as where there is no terminal.")
  private boolean plain;

  @Option(
      names = "--brokers-only",
      description = "Only the broker with its topics, for your own frames and jobs.")
  private boolean brokersOnly;

  @Override
  public Integer call() throws Exception {
    QuickstartOptions options = options();
    if (brokersOnly) {
      return BrokerOnly.run(options, System.out);
    }
    return Quickstart.run(options, System.out);
  }

  /** A topic can hardly be given more later: a few, for jobs whose parallelism nobody knows yet. */
  private int partitions() {
    if (framePartitions == null) {
      return brokersOnly ? PARTITIONS_OF_ONES_OWN : 0;
    }
    if (framePartitions < 1) {
      throw new IllegalArgumentException(
          "frame-partitions must be at least 1, but was " + framePartitions);
    }
    return framePartitions;
  }

  private QuickstartOptions options() {
    Path home = Home.folder();
    // The launcher tells the height of the terminal, 0 where there is none.
    int rows = Integer.getInteger("saccade.rows", 0);
    try {
      return new QuickstartOptions(
          home,
          seconds,
          cameras,
          framesPerSecond,
          budgetCores,
          targetAge.toMillis(),
          maxAge.toMillis(),
          bundle == null ? Home.bundle() : bundle,
          delivery == Delivery.EXACTLY_ONCE,
          dataDir,
          port,
          partitions(),
          webPort,
          report,
          rows,
          plain || rows == 0,
          !withoutConsole,
          consolePort);
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }
}
