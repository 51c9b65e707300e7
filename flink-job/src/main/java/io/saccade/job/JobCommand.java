package io.saccade.job;

import io.saccade.budget.ControllerKind;
import io.saccade.job.kafka.KafkaReadiness;
import io.saccade.job.kafka.StartFrom;
import io.saccade.job.network.BundleOpener;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code saccade job}, and what {@code flink run} starts. */
@Command(
    name = "job",
    description = {
      "Classifies the frames of a Kafka topic within a compute budget.",
      "Goes on until Ctrl-C. Alone it runs Flink in this process; its jar for `flink run`:"
          + " docs/cluster.md.",
      "",
      "Example: saccade job --brokers 127.0.0.1:19092 --budget-cores 0.8",
      "Example: saccade job --delivery exactly-once --checkpoint-dir /var/lib/saccade",
      ""
    },
    footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage."},
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
public final class JobCommand implements Callable<Integer> {
  /** By which Flink's page and metrics call it. */
  private static final String NAME = "saccade";

  private static final String WRITTEN_OUT =
      " of the Kafka properties should refer to a secret, as by ${file:PATH:KEY}, but is written"
          + " out: it is kept with the job, where the cluster keeps its jobs";

  private static final String UNPINNED =
      ", so TaskManagers look with whatever they find at that path; --bundle-sha256 pins it";

  private static final String IN_MEMORY =
      "checkpoints are in the JobManager's memory, since neither --checkpoint-dir nor the cluster's"
          + " execution.checkpointing.dir says where else: without them, exactly-once can lose labels";

  private static final JobOptions STANDARD = JobOptions.builder().build();

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--brokers", paramLabel = "HOST:PORT", description = "Kafka brokers.")
  private String brokers = STANDARD.brokers();

  @Option(names = "--topic-prefix", paramLabel = "PREFIX", description = "What topics start with.")
  private String topicPrefix = STANDARD.topicPrefix();

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      description = "The model, a folder or a zip (default: models/bundles/runway).",
      showDefaultValue = Visibility.NEVER)
  private @Nullable Path bundle;

  @Option(
      names = "--bundle-sha256",
      paramLabel = "HASH",
      description =
          "What the SHA-256 of its manifest.json must be, as saccade model verify tells it"
              + " (default: that of the bundle where the job is submitted, if it is there).",
      showDefaultValue = Visibility.NEVER)
  private @Nullable String bundleSha256;

  @Option(
      names = "--model-folder",
      paramLabel = "DIR",
      description =
          "A folder that saccade model swap may take models from; may be repeated (default:"
              + " the folder that holds the bundle).",
      showDefaultValue = Visibility.NEVER)
  private List<Path> modelFolders = List.of();

  @Option(
      names = "--budget-cores",
      paramLabel = "CORES",
      description = {
        "CPU seconds per second for the whole job, at most 0.95 for each subtask.",
        "A record on PREFIX.control overrides it.",
        "  Default: 0.8"
      },
      showDefaultValue = Visibility.NEVER)
  private @Nullable Double budgetCores;

  @Option(
      names = "--multiply-adds",
      paramLabel = "RATE",
      description = "Instead: multiply-adds of looks per second, such as 8e9.")
  private @Nullable Double multiplyAdds;

  @Option(
      names = "--latency-only",
      description = "Instead: no budget; look as long as frames need not wait.",
      showDefaultValue = Visibility.NEVER)
  private boolean latencyOnly;

  @Option(
      names = "--audit",
      paramLabel = "SHARE",
      converter = Share.class,
      description =
          "Share of frames looked at to the end, to see how right answers are, such as 2%%"
              + " (default: 1%%).",
      showDefaultValue = Visibility.NEVER)
  private double audit = STANDARD.auditShare();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Subtasks; each classifies with one thread.")
  private int parallelism = STANDARD.parallelism();

  @Option(
      names = "--target-age",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Waiting time to work towards (default: 200ms).",
      showDefaultValue = Visibility.NEVER)
  private Duration targetAge = Duration.ofMillis(STANDARD.targetAgeMillis());

  @Option(
      names = "--max-age",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "A frame older than this is shed unread (default: 800ms).",
      showDefaultValue = Visibility.NEVER)
  private Duration maxAge = Duration.ofMillis(STANDARD.maxAgeMillis());

  @Option(
      names = "--controller",
      paramLabel = "LAW",
      converter = Choice.OfController.class,
      description = "law, fixed, aimd or pi (default: law).",
      showDefaultValue = Visibility.NEVER)
  private ControllerKind controller = STANDARD.controller();

  @Option(
      names = "--position",
      paramLabel = "POSITION",
      description =
          "With --controller fixed: where on the bundle's frontier (default: the dearest).")
  private @Nullable Double position;

  @Option(
      names = "--delivery",
      paramLabel = "HOW",
      converter = Choice.OfDelivery.class,
      description = "at-least-once or exactly-once (default: at-least-once).",
      showDefaultValue = Visibility.NEVER)
  private Delivery delivery = STANDARD.delivery();

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "Consumer group, whose committed offsets say where to go on.")
  private String groupId = STANDARD.groupId();

  @Option(
      names = "--start-from",
      paramLabel = "WHERE",
      converter = Choice.OfStart.class,
      description =
          "Without committed offsets: recent (the last minute), latest or earliest (default:"
              + " recent).",
      showDefaultValue = Visibility.NEVER)
  private StartFrom startFrom = STANDARD.startFrom();

  @Option(
      names = "--create-topics",
      description = "Make topics that are missing.",
      showDefaultValue = Visibility.NEVER)
  private boolean createTopics;

  @Option(
      names = "--frame-partitions",
      paramLabel = "N",
      description = "With --create-topics: partitions of the frames topic.")
  private int framePartitions = STANDARD.framePartitions();

  @Option(
      names = {"--kafka-properties", "--client-properties"},
      paramLabel = "FILE",
      description =
          "Further settings of all Kafka clients, such as TLS and SASL. They are kept with"
              + " the job: let it refer to passwords, as by $${file:PATH:KEY}.")
  private @Nullable Path clientProperties;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Time between checkpoints (default: 5s, with exactly-once 500ms).")
  private @Nullable Duration checkpointInterval;

  @Option(
      names = "--checkpoint-dir",
      paramLabel = "DIR",
      description =
          "Where checkpoints are kept, a path or an address; from a folder `saccade job` goes"
              + " on from the newest of its prefix and group, `flink run` from the one that -s"
              + " names. Without it they are in memory and survive failures, but not the process, which"
              + " is not enough for exactly-once.")
  private @Nullable String checkpointDirectory;

  @Option(
      names = "--transaction-timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "With exactly-once: Kafka gives up abandoned transactions after (default: 10m).",
      showDefaultValue = Visibility.NEVER)
  private Duration transactionTimeout = Duration.ofMillis(STANDARD.transactionTimeoutMillis());

  @Option(
      names = "--longest-downtime",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "With exactly-once: the job is back after a failure within (default: 5m).",
      showDefaultValue = Visibility.NEVER)
  private Duration longestDowntime = Duration.ofMillis(STANDARD.longestDowntimeMillis());

  @Option(
      names = "--smoothing",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Time constant of the smoothing behind events (default: 500ms).",
      showDefaultValue = Visibility.NEVER)
  private Duration smoothing = Duration.ofMillis(STANDARD.smoothingMillis());

  @Option(
      names = "--silent-after",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "A camera without frames for so long is silent (default: 3s).",
      showDefaultValue = Visibility.NEVER)
  private Duration silentAfter = Duration.ofMillis(STANDARD.silentAfterMillis());

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "For Prometheus, at /metrics (default: not served). With `flink run` the cluster's"
              + " own configuration decides.",
      showDefaultValue = Visibility.NEVER)
  private @Nullable Integer metricsPort;

  @Option(
      names = "--metrics-host",
      paramLabel = "ADDRESS",
      description = "With --metrics-port: address it is listened for on.")
  private String metricsHost = "127.0.0.1";

  @Override
  public Integer call() throws Exception {
    JobOptions options = options();
    BundleOpener opener = ClassifyJob.opener(options);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    boolean local = env instanceof LocalStreamEnvironment;
    Configuration metrics = local ? metrics() : new Configuration();
    if (local) {
      requireCheckpoints(options);
    } else {
      refuseMetrics();
      Passwords.writtenOut(options.clientProperties()).ifPresent(names -> say(names + WRITTEN_OUT));
      if (!opener.isPinned()) {
        say("no manifest.json can be read here of the bundle " + options.bundle() + UNPINNED);
      }
      if (options.delivery() == Delivery.EXACTLY_ONCE
          && !JobConfiguration.outliveTheJobManager(options, env.getConfiguration())) {
        say(IN_MEMORY);
      }
    }
    prepareKafka(options);
    String checkpoints = options.checkpointFolder();
    boolean goesOn = false;
    if (local && checkpoints != null) {
      Checkpoints.make(checkpoints);
      goesOn = goOn(env, options);
    }
    ClassifyJob.kafka(env, options, opener);
    if (local) {
      StreamGraph graph = env.getStreamGraph();
      graph.setJobName(NAME);
      return LocalRun.run(graph, options, opener, goesOn, metrics, this::say) ? 0 : 1;
    }
    env.execute(NAME);
    return 0;
  }

  /**
   * The options as given.
   *
   * @throws ParameterException that says all that is wrong with them
   */
  public JobOptions options() {
    requireOneBudget();
    try {
      JobOptionsBuilder builder =
          JobOptions.builder()
              .brokers(brokers)
              .topicPrefix(topicPrefix)
              .groupId(groupId)
              .startFrom(startFrom)
              .createTopics(createTopics)
              .framePartitions(framePartitions)
              .clientProperties(clientSettings())
              .bundle(inFull(bundle == null ? standardBundle() : bundle))
              .bundleSha256(bundleSha256)
              .modelFolders(modelFolders)
              .parallelism(parallelism)
              .budgetCores(budgetCores == null ? STANDARD.budgetCores() : budgetCores)
              .multiplyAdds(multiplyAdds)
              .latencyOnly(latencyOnly)
              .auditShare(audit)
              .targetAgeMillis(targetAge.toMillis())
              .maxAgeMillis(maxAge.toMillis())
              .controller(controller)
              .fixedPosition(position)
              .delivery(delivery)
              .transactionTimeoutMillis(transactionTimeout.toMillis())
              .longestDowntimeMillis(longestDowntime.toMillis())
              .smoothingMillis(smoothing.toMillis())
              .silentAfterMillis(silentAfter.toMillis());
      if (checkpointInterval != null) {
        builder.checkpointIntervalMillis(checkpointInterval.toMillis());
      }
      if (checkpointDirectory != null) {
        builder.checkpointDirectory(checkpointDirectory);
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine(), e.getMessage(), e);
    }
  }

  private Configuration metrics() {
    try {
      return metricsPort == null
          ? new Configuration()
          : MetricsPage.configuration(metricsHost, metricsPort);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine(), e.getMessage(), e);
    }
  }

  /**
   * Offsets may be committed before the labels behind them: a process that goes on from the offsets
   * alone gives up the labels, and reads their frames no more.
   */
  private void requireCheckpoints(JobOptions options) {
    String checkpoints = options.checkpointFolder();
    if (options.delivery() == Delivery.EXACTLY_ONCE
        && (checkpoints == null || !Checkpoints.isHere(checkpoints))) {
      throw new ParameterException(
          commandLine(),
          "--delivery exactly-once must come with a folder of this machine as --checkpoint-dir, or"
              + " labels are lost when the process ends, but "
              + (checkpoints == null ? "none was given" : "was " + checkpointDirectory));
    }
  }

  /** TaskManagers have reporters of their own. */
  private void refuseMetrics() {
    if (metricsPort != null) {
      throw new ParameterException(
          commandLine(),
          "--metrics-port must be left out on a Flink cluster, whose metrics.reporters decide, but"
              + " was "
              + metricsPort);
    }
  }

  private void requireOneBudget() {
    int given = (budgetCores == null ? 0 : 1) + (multiplyAdds == null ? 0 : 1);
    if (given + (latencyOnly ? 1 : 0) > 1) {
      throw new ParameterException(
          commandLine(),
          "at most one of --budget-cores, --multiply-adds, --latency-only must be given, but %d were"
              .formatted(given + (latencyOnly ? 1 : 0)));
    }
  }

  /** The shipped one, wherever the launcher was called from. */
  private static Path standardBundle() {
    return Path.of(System.getProperty("saccade.home", ""), "models", "bundles", "runway");
  }

  /** A TaskManager on this machine may run in another folder; on others the path may differ. */
  private static Path inFull(Path bundle) {
    return Files.exists(bundle) ? bundle.toAbsolutePath().normalize() : bundle;
  }

  private Map<String, String> clientSettings() {
    if (clientProperties == null) {
      return Map.of();
    }
    Properties read = new Properties();
    try (Reader file = Files.newBufferedReader(clientProperties)) {
      read.load(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Kafka properties must be a readable file, but was " + clientProperties, e);
    }
    if (read.containsKey("bootstrap.servers")) {
      throw new IllegalArgumentException(
          "bootstrap.servers must be given by --brokers, but stands in " + clientProperties);
    }
    Map<String, String> settings = new HashMap<>();
    read.stringPropertyNames().forEach(name -> settings.put(name, read.getProperty(name)));
    return settings;
  }

  private void prepareKafka(JobOptions options) throws InterruptedException {
    try (KafkaReadiness kafka = new KafkaReadiness(ClassifyJob.place(options))) {
      kafka.awaitBrokers(this::say);
      // Those who make topics themselves need not wait for others to do so.
      List<String> missing =
          options.createTopics() ? kafka.missingTopics() : kafka.awaitTopics(this::say);
      if (!missing.isEmpty() && !options.createTopics()) {
        throw new IllegalStateException(
            "topics must be there, but %s %s missing at %s; --create-topics makes them"
                .formatted(
                    String.join(", ", missing),
                    missing.size() == 1 ? "is" : "are",
                    options.brokers()));
      }
      if (!missing.isEmpty()) {
        kafka.create(missing, options.framePartitions());
        say("made " + String.join(", ", missing));
      }
      if (options.delivery() == Delivery.EXACTLY_ONCE) {
        kafka.checkTransactionTimeout(options.transactionTimeoutMillis(), this::say);
      }
    }
  }

  /** From the newest checkpoint, if there is one. */
  private boolean goOn(StreamExecutionEnvironment env, JobOptions options) {
    Optional<Path> checkpoint = options.newestCheckpoint();
    if (checkpoint.isPresent()) {
      Configuration recovery = new Configuration();
      recovery.set(StateRecoveryOptions.SAVEPOINT_PATH, Checkpoints.address(checkpoint.get()));
      env.configure(recovery);
      say("going on from " + checkpoint.get());
    }
    return checkpoint.isPresent();
  }

  private void say(String what) {
    commandLine().getErr().println("saccade: " + what);
  }

  private CommandLine commandLine() {
    return spec == null ? new CommandLine(this) : spec.commandLine();
  }
}
