package io.saccade.bench.control;

import io.saccade.job.ClassifyJob;
import io.saccade.job.JobOptions;
import io.saccade.job.kafka.StartFrom;
import io.saccade.quickstart.FlinkCluster;
import io.saccade.quickstart.TopicPlan;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** The job of one run, with topics and checkpoints of its own, which go when it closes. */
final class Stage implements AutoCloseable {
  /** Flink writes it last: where it is, the checkpoint is complete. */
  private static final String METADATA = "_metadata";

  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofMillis(50);

  private final FlinkCluster flink;
  private final JobOptions options;
  private final Path checkpoints;
  private @Nullable JobID job;

  private Stage(FlinkCluster flink, JobOptions options, Path checkpoints) {
    this.flink = flink;
    this.options = options;
    this.checkpoints = checkpoints;
  }

  /** Makes the topics and starts the job. */
  static Stage open(
      FlinkCluster flink, String brokers, Path bundle, Trial trial, String prefix, Path checkpoints)
      throws InterruptedException {
    TopicPlan.keeping(1).named(Topics.withPrefix(prefix)).create(brokers);
    JobOptions options =
        JobOptions.builder()
            .brokers(brokers)
            .topicPrefix(prefix)
            .groupId(prefix)
            .startFrom(StartFrom.EARLIEST)
            .bundle(bundle)
            .budgetCores(trial.scenario().budgetCores())
            .controller(trial.controller())
            .checkpointDirectory(checkpoints)
            .checkpointIntervalMillis(1_000)
            .build();
    Stage stage = new Stage(flink, options, checkpoints);
    stage.start(Optional.empty());
    return stage;
  }

  private void start(Optional<Path> from) throws InterruptedException {
    StreamExecutionEnvironment env = flink.environment();
    if (from.isPresent()) {
      Configuration recovery = new Configuration();
      recovery.set(StateRecoveryOptions.SAVEPOINT_PATH, from.get().toUri().toString());
      env.configure(recovery);
    }
    ClassifyJob.kafka(env, options);
    job = flink.submit(env, options.topicPrefix());
  }

  /** Waits for the first checkpoint: without one there is nothing to go on from. */
  void awaitCheckpoint() throws InterruptedException {
    long until = System.nanoTime() + START.toNanos();
    while (newest(checkpoints).isEmpty()) {
      requireAlive();
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "a checkpoint must be there within %d s, but none was".formatted(START.toSeconds()));
      }
      TimeUnit.NANOSECONDS.sleep(MOMENT.toNanos());
    }
  }

  /** The job is gone, as if its cluster were. */
  void cancel() throws InterruptedException {
    JobID running = job;
    if (running != null) {
      job = null;
      flink.cancel(running);
    }
  }

  /** The job goes on from its newest checkpoint. */
  void resume() throws InterruptedException {
    Path newest =
        newest(checkpoints)
            .orElseThrow(
                () -> new IllegalStateException("a checkpoint must be there, but none was"));
    start(Optional.of(newest));
  }

  private static Optional<Path> newest(Path folder) {
    try (Stream<Path> all = Files.find(folder, 4, (path, it) -> path.endsWith(METADATA))) {
      return all.max(Comparator.comparing(Stage::modifiedMillis)).map(Path::getParent);
    } catch (IOException e) {
      throw new UncheckedIOException("could not look for checkpoints in " + folder, e);
    }
  }

  private static long modifiedMillis(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException("could not look at " + file, e);
    }
  }

  /** Fails when the job has. */
  void requireAlive() throws InterruptedException {
    JobID running = job;
    if (running != null && flink.status(running).isGloballyTerminalState()) {
      throw new IllegalStateException("the job has failed: " + flink.failure(running));
    }
  }

  Topics topics() {
    return options.topics();
  }

  JobOptions options() {
    return options;
  }

  @Override
  public void close() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", options.brokers()))) {
      cancel();
      Set<String> all = admin.listTopics().names().get();
      admin.deleteTopics(all.stream().filter(this::isOurs).toList()).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics could not be deleted: " + e.getCause(), e);
    } catch (InterruptedException e) {
      // The cluster and the broker are about to go, and with them all that is left.
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOurs(String topic) {
    return topic.startsWith(options.topicPrefix() + ".");
  }
}
