package io.saccade.job;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** How Flink is to run the job. */
final class JobConfiguration {
  private JobConfiguration() {}

  /**
   * Whether checkpoints are kept in more than the JobManager's memory.
   *
   * @param cluster what holds where the options say nothing
   */
  static boolean outliveTheJobManager(JobOptions options, ReadableConfig cluster) {
    return options.checkpointFolder() != null
        || cluster.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isPresent();
  }

  static Configuration of(JobOptions options) {
    Configuration configuration = new Configuration();
    // A type that only Kryo could write is a mistake; say so at the start.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    // Records are never changed, so nobody needs copies.
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    // Every operator has a name of its own to find its state by.
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    // A frame fills buffers of its own; waiting for more would only make it older.
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT_ENABLED, true);
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
    // Large frames beside small control records mislead it.
    configuration.set(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED, false);
    checkpoints(configuration, options);
    // For ever: a camera does not give up either.
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(200));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(10));
    // Who has run that long does not fail for the same reason as before: no pause grows over hours.
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        Duration.ofSeconds(20));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    return configuration;
  }

  private static void checkpoints(Configuration configuration, JobOptions options) {
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        Duration.ofMillis(options.checkpointIntervalMillis()));
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
        options.delivery() == Delivery.EXACTLY_ONCE
            ? CheckpointingMode.EXACTLY_ONCE
            : CheckpointingMode.AT_LEAST_ONCE);
    configuration.set(
        CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS,
        Duration.ofMillis(options.checkpointLimits().pauseMillis()));
    // Storage that hangs must count as a failure, too, and not after Flink's ten minutes.
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_TIMEOUT,
        Duration.ofMillis(CheckpointLimits.TIMEOUT_MILLIS));
    failures(configuration, options);
    if (options.checkpointFolder() != null) {
      configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, options.checkpointFolder());
      configuration.set(
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
          ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }
  }

  private static void failures(Configuration configuration, JobOptions options) {
    if (options.delivery() == Delivery.EXACTLY_ONCE) {
      configuration.set(
          CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
          options.checkpointLimits().tolerated(options.transactionTimeoutMillis()));
    } else {
      // A full disk must not stop the labels; it shows in the log and in Flink's own metrics.
      configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    }
  }
}
