package io.saccade.quickstart;

import io.saccade.job.ClassifyJob;
import io.saccade.job.Delivery;
import io.saccade.job.JobOptions;
import io.saccade.job.kafka.StartFrom;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job, started on a cluster in this process as it is started anywhere. */
final class SaccadeJob {
  private SaccadeJob() {}

  static JobOptions options(QuickstartOptions asked, String brokers, Path checkpoints) {
    return JobOptions.builder()
        .brokers(brokers)
        // Also the frames that are sent before the source has looked for the end of the topic.
        .startFrom(StartFrom.EARLIEST)
        .bundle(asked.bundle())
        .parallelism(asked.parallelism())
        .budgetCores(asked.budgetCores())
        .targetAgeMillis(asked.targetAgeMillis())
        .maxAgeMillis(asked.maxAgeMillis())
        .delivery(asked.exactlyOnce() ? Delivery.EXACTLY_ONCE : Delivery.AT_LEAST_ONCE)
        .checkpointDirectory(checkpoints)
        .build();
  }

  static JobID submit(FlinkCluster flink, JobOptions options) throws InterruptedException {
    StreamExecutionEnvironment environment = flink.environment();
    ClassifyJob.kafka(environment, options);
    return flink.submit(environment, "saccade");
  }

  /** The same job, going on from a savepoint. */
  static JobID resume(FlinkCluster flink, JobOptions options, Path savepoint)
      throws InterruptedException {
    StreamExecutionEnvironment environment = flink.environment();
    ClassifyJob.kafka(environment, options);
    return flink.submit(environment, "saccade", savepoint);
  }
}
