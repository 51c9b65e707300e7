package io.saccade.job;

import io.saccade.budget.Budget;
import io.saccade.budget.ControllerKind;
import io.saccade.job.classify.Start;
import io.saccade.job.control.JobBudget;
import io.saccade.job.kafka.StartFrom;
import io.saccade.wire.Control;
import io.saccade.wire.Topics;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a job is told at its start. Made by {@link #builder}; all that is wrong is said
 * at once.
 *
 * @param brokers Kafka brokers, {@code host:port,host:port}
 * @param topicPrefix what the names of the topics begin with
 * @param groupId consumer group, whose committed offsets say where to go on; also the beginning of
 *     transactional ids
 * @param startFrom where to begin without committed offsets
 * @param createTopics whether missing topics are made at the start
 * @param framePartitions partitions of a frames topic made so
 * @param clientProperties further settings of all Kafka clients (security, for example)
 * @param bundle folder or zip of the model, as the TaskManagers see it
 * @param bundleSha256 what the SHA-256 of its manifest must be, 64 lower-case hex digits; null for
 *     that of the bundle where the job is submitted, or for any when it is not there
 * @param modelFolders folders that other models may be ordered from, as the TaskManagers see them;
 *     none for the folder that holds the bundle
 * @param parallelism number of subtasks
 * @param budgetCores CPU seconds per second for the whole job; at most {@link #USABLE_CORE} for
 *     each subtask, since each has one thread
 * @param multiplyAdds multiply-adds of looks per second instead of cores; null for cores
 * @param latencyOnly whether there is no budget at all
 * @param auditShare share of the frames looked at to the end
 * @param targetAgeMillis waiting time that the controller works towards
 * @param maxAgeMillis a frame older than this is shed unread
 * @param controller the control law
 * @param fixedPosition position on the frontier of {@link ControllerKind#FIXED}; null for the
 *     dearest
 * @param delivery how surely labels arrive
 * @param checkpointIntervalMillis time from checkpoint to checkpoint
 * @param checkpointDirectory address of the folder where checkpoints are kept, each job's in one of
 *     its own; null to keep them in the JobManager's memory
 * @param transactionTimeoutMillis after this time Kafka gives up a transaction that nobody goes on
 *     with; used with {@link Delivery#EXACTLY_ONCE}
 * @param longestDowntimeMillis the job is expected back within this time after a failure; with
 *     {@link Delivery#EXACTLY_ONCE} the transaction timeout has to cover it
 * @param smoothingMillis time constant of the smoothing that events rest on
 * @param silentAfterMillis a camera without frames for this long is silent
 */
public record JobOptions(
    String brokers,
    String topicPrefix,
    String groupId,
    StartFrom startFrom,
    boolean createTopics,
    int framePartitions,
    Map<String, String> clientProperties,
    String bundle,
    @Nullable String bundleSha256,
    List<String> modelFolders,
    int parallelism,
    double budgetCores,
    @Nullable Double multiplyAdds,
    boolean latencyOnly,
    double auditShare,
    long targetAgeMillis,
    long maxAgeMillis,
    ControllerKind controller,
    @Nullable Double fixedPosition,
    Delivery delivery,
    long checkpointIntervalMillis,
    @Nullable String checkpointDirectory,
    long transactionTimeoutMillis,
    long longestDowntimeMillis,
    long smoothingMillis,
    long silentAfterMillis)
    implements Serializable {

  /** Share of a core that a subtask can count on; the rest is the JVM's and the kernel's. */
  public static final double USABLE_CORE = JobBudget.USABLE_CORE;

  public JobOptions {
    clientProperties = Map.copyOf(clientProperties);
    modelFolders = List.copyOf(modelFolders);
    CheckpointLimits limits = new CheckpointLimits(checkpointIntervalMillis, longestDowntimeMillis);
    List<String> wrong =
        new Complaints()
            .that(!brokers.isBlank(), "brokers must be host:port,..", brokers)
            .that(
                topicPrefix.matches("[a-zA-Z0-9._-]{1,200}"),
                "topic prefix must be 1 to 200 of a-z, A-Z, 0-9, '.', '_', '-'",
                topicPrefix)
            .that(!groupId.isBlank(), "consumer group must be text", groupId)
            .within("frame partitions", 1, 10_000, framePartitions)
            .that(!bundle.isBlank(), "bundle must be a folder or a zip", bundle)
            .that(
                bundleSha256 == null || bundleSha256.matches("[0-9a-f]{64}"),
                "SHA-256 of the bundle's manifest must be 64 lower-case hex digits",
                bundleSha256)
            .that(
                modelFolders.stream().noneMatch(String::isBlank),
                "model folders must be paths",
                modelFolders)
            .within("parallelism", 1, 1_024, parallelism)
            .that(
                budgetCores > 0 && Double.isFinite(budgetCores),
                "budget must be above 0 cores",
                budgetCores)
            .that(
                !Double.isFinite(budgetCores) || JobBudget.fits(budgetCores, parallelism),
                JobBudget.expectation(parallelism),
                budgetCores)
            .that(
                multiplyAdds == null || (multiplyAdds > 0 && Double.isFinite(multiplyAdds)),
                "budget must be above 0 multiply-adds per second",
                multiplyAdds)
            .that(
                multiplyAdds == null || !latencyOnly,
                "a budget in multiply-adds excludes latency only",
                "both")
            .that(
                auditShare >= 0 && auditShare <= Control.MOST_AUDITS,
                "share of audits must be within [0, %s]".formatted(Control.MOST_AUDITS),
                auditShare)
            .within("target age in ms", 1, JobBudget.LONGEST_AGE_MILLIS, targetAgeMillis)
            .within(
                "maximum age in ms", targetAgeMillis, JobBudget.LONGEST_AGE_MILLIS, maxAgeMillis)
            .that(
                fixedPosition == null || controller == ControllerKind.FIXED,
                "a position goes with the controller FIXED alone",
                controller)
            .that(
                fixedPosition == null || (fixedPosition >= 0 && Double.isFinite(fixedPosition)),
                "position must be at least 0 and finite",
                fixedPosition)
            .within("checkpoint interval in ms", 10, 86_400_000, checkpointIntervalMillis)
            .within("transaction timeout in ms", 1_000, 86_400_000, transactionTimeoutMillis)
            .within("longest downtime in ms", 0, 86_400_000, longestDowntimeMillis)
            .that(
                delivery != Delivery.EXACTLY_ONCE
                    || transactionTimeoutMillis > limits.longestTransactionMillis(),
                "transaction timeout must be above two checkpoints at their slowest + longest downtime (2 x %d ms + %d ms), or labels could be lost"
                    .formatted(limits.slowestMillis(), longestDowntimeMillis),
                transactionTimeoutMillis + " ms")
            .that(
                checkpointDirectory == null || Checkpoints.isAddress(checkpointDirectory),
                "checkpoint directory must be a path or an address such as s3://bucket/folder",
                checkpointDirectory)
            .within("smoothing in ms", 1, 3_600_000, smoothingMillis)
            .within("silence in ms", 100, 86_400_000, silentAfterMillis)
            .all();
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }

  /** The defaults, to be changed. */
  public static JobOptionsBuilder builder() {
    return new JobOptionsBuilder();
  }

  /** What is asked of the job until a control record says otherwise. */
  public JobBudget budget() {
    Budget asked =
        multiplyAdds == null ? Budget.cores(budgetCores) : Budget.multiplyAdds(multiplyAdds);
    return new JobBudget(
        latencyOnly ? Budget.LATENCY_ONLY : asked,
        targetAgeMillis,
        maxAgeMillis,
        auditShare,
        Map.of());
  }

  /** What a classifying operator is told. */
  Start start() {
    return new Start(
        groupId, budget(), controller, fixedPosition, smoothingMillis, silentAfterMillis);
  }

  /** What may go wrong with checkpoints before the job fails over. */
  CheckpointLimits checkpointLimits() {
    return new CheckpointLimits(checkpointIntervalMillis, longestDowntimeMillis);
  }

  /**
   * Where this job's checkpoints are: another prefix or group is another job, which must not go on
   * from here.
   */
  @Nullable String checkpointFolder() {
    return checkpointDirectory == null
        ? null
        : Checkpoints.folder(checkpointDirectory, topicPrefix, groupId);
  }

  /** The newest checkpoint that this job can go on from; none where there is nothing to find. */
  Optional<Path> newestCheckpoint() {
    String directory = checkpointDirectory;
    return directory == null
        ? Optional.empty()
        : Checkpoints.newest(Checkpoints.folder(directory, topicPrefix, groupId))
            .or(
                () ->
                    Checkpoints.newest(Checkpoints.formerFolder(directory, topicPrefix, groupId)));
  }

  /** The topics under the prefix. */
  public Topics topics() {
    return Topics.withPrefix(topicPrefix);
  }
}
