package io.saccade.job;

import io.saccade.budget.ControllerKind;
import io.saccade.budget.Settings;
import io.saccade.job.kafka.StartFrom;
import io.saccade.wire.Control;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The options of a job, one after the other; what is not set keeps its default. */
public final class JobOptionsBuilder {
  /** While a restart takes place its last transaction stays open; labels are seen after each. */
  private static final long EXACTLY_ONCE_INTERVAL_MILLIS = 500;

  /** State is small and offsets can be read again: seldom enough to cost nothing. */
  private static final long AT_LEAST_ONCE_INTERVAL_MILLIS = 5_000;

  private String brokers = "127.0.0.1:19092";
  private String topicPrefix = "saccade";
  private String groupId = "saccade";
  private StartFrom startFrom = StartFrom.RECENT;
  private boolean createTopics;
  private int framePartitions = 4;
  private Map<String, String> clientProperties = Map.of();
  private String bundle = "models/bundles/runway";
  private @Nullable String bundleSha256;
  private List<String> modelFolders = List.of();
  private int parallelism = 1;
  private double budgetCores = 0.8;
  private @Nullable Double multiplyAdds;
  private boolean latencyOnly;
  private double auditShare = Control.AUDITS;
  private long targetAgeMillis = TimeUnit.NANOSECONDS.toMillis(Settings.TARGET_AGE_NANOS);
  private long maxAgeMillis = TimeUnit.NANOSECONDS.toMillis(Settings.MAX_AGE_NANOS);
  private ControllerKind controller = ControllerKind.LAW;
  private @Nullable Double fixedPosition;
  private Delivery delivery = Delivery.AT_LEAST_ONCE;
  private @Nullable Long checkpointIntervalMillis;
  private @Nullable String checkpointDirectory;
  private long transactionTimeoutMillis = 600_000;
  private long longestDowntimeMillis = 300_000;
  private long smoothingMillis = 500;
  private long silentAfterMillis = 3_000;

  JobOptionsBuilder() {}

  public JobOptionsBuilder brokers(String brokers) {
    this.brokers = brokers;
    return this;
  }

  public JobOptionsBuilder topicPrefix(String topicPrefix) {
    this.topicPrefix = topicPrefix;
    return this;
  }

  public JobOptionsBuilder groupId(String groupId) {
    this.groupId = groupId;
    return this;
  }

  public JobOptionsBuilder startFrom(StartFrom startFrom) {
    this.startFrom = startFrom;
    return this;
  }

  public JobOptionsBuilder createTopics(boolean createTopics) {
    this.createTopics = createTopics;
    return this;
  }

  public JobOptionsBuilder framePartitions(int framePartitions) {
    this.framePartitions = framePartitions;
    return this;
  }

  public JobOptionsBuilder clientProperties(Map<String, String> clientProperties) {
    this.clientProperties = clientProperties;
    return this;
  }

  public JobOptionsBuilder bundle(Path bundle) {
    this.bundle = bundle.toString();
    return this;
  }

  /** What the SHA-256 of the bundle's manifest must be; null for that of the one that is here. */
  public JobOptionsBuilder bundleSha256(@Nullable String sha256) {
    this.bundleSha256 = sha256;
    return this;
  }

  public JobOptionsBuilder modelFolders(List<Path> folders) {
    this.modelFolders = folders.stream().map(Path::toString).toList();
    return this;
  }

  public JobOptionsBuilder parallelism(int parallelism) {
    this.parallelism = parallelism;
    return this;
  }

  public JobOptionsBuilder budgetCores(double budgetCores) {
    this.budgetCores = budgetCores;
    return this;
  }

  /** Multiply-adds of looks per second instead of cores; null for cores. */
  public JobOptionsBuilder multiplyAdds(@Nullable Double perSecond) {
    this.multiplyAdds = perSecond;
    return this;
  }

  public JobOptionsBuilder latencyOnly(boolean latencyOnly) {
    this.latencyOnly = latencyOnly;
    return this;
  }

  public JobOptionsBuilder auditShare(double auditShare) {
    this.auditShare = auditShare;
    return this;
  }

  public JobOptionsBuilder targetAgeMillis(long targetAgeMillis) {
    this.targetAgeMillis = targetAgeMillis;
    return this;
  }

  public JobOptionsBuilder maxAgeMillis(long maxAgeMillis) {
    this.maxAgeMillis = maxAgeMillis;
    return this;
  }

  public JobOptionsBuilder controller(ControllerKind controller) {
    this.controller = controller;
    return this;
  }

  /** The controller {@link ControllerKind#FIXED}, at this position on the frontier. */
  public JobOptionsBuilder fixedAt(double position) {
    this.controller = ControllerKind.FIXED;
    this.fixedPosition = position;
    return this;
  }

  JobOptionsBuilder fixedPosition(@Nullable Double position) {
    this.fixedPosition = position;
    return this;
  }

  public JobOptionsBuilder delivery(Delivery delivery) {
    this.delivery = delivery;
    return this;
  }

  /** Without it 500 ms for exactly-once, where labels are seen with checkpoints only; else 5 s. */
  public JobOptionsBuilder checkpointIntervalMillis(long checkpointIntervalMillis) {
    this.checkpointIntervalMillis = checkpointIntervalMillis;
    return this;
  }

  public JobOptionsBuilder checkpointDirectory(Path directory) {
    this.checkpointDirectory = Checkpoints.address(directory);
    return this;
  }

  /** A path, or an address that Flink knows what to do with, such as {@code s3://bucket/folder}. */
  public JobOptionsBuilder checkpointDirectory(String directory) {
    return checkpointDirectory(directory, Path.of("").toAbsolutePath());
  }

  JobOptionsBuilder checkpointDirectory(String directory, Path workingDirectory) {
    if (!Checkpoints.hasScheme(directory)) {
      return checkpointDirectory(workingDirectory.resolve(directory));
    }
    this.checkpointDirectory = directory;
    return this;
  }

  public JobOptionsBuilder transactionTimeoutMillis(long transactionTimeoutMillis) {
    this.transactionTimeoutMillis = transactionTimeoutMillis;
    return this;
  }

  public JobOptionsBuilder longestDowntimeMillis(long longestDowntimeMillis) {
    this.longestDowntimeMillis = longestDowntimeMillis;
    return this;
  }

  public JobOptionsBuilder smoothingMillis(long smoothingMillis) {
    this.smoothingMillis = smoothingMillis;
    return this;
  }

  public JobOptionsBuilder silentAfterMillis(long silentAfterMillis) {
    this.silentAfterMillis = silentAfterMillis;
    return this;
  }

  /**
   * The options, checked.
   *
   * @throws IllegalArgumentException with all that is wrong
   */
  public JobOptions build() {
    long standard =
        delivery == Delivery.EXACTLY_ONCE
            ? EXACTLY_ONCE_INTERVAL_MILLIS
            : AT_LEAST_ONCE_INTERVAL_MILLIS;
    return new JobOptions(
        brokers,
        topicPrefix,
        groupId,
        startFrom,
        createTopics,
        framePartitions,
        clientProperties,
        bundle,
        bundleSha256,
        modelFolders,
        parallelism,
        budgetCores,
        multiplyAdds,
        latencyOnly,
        auditShare,
        targetAgeMillis,
        maxAgeMillis,
        controller,
        fixedPosition,
        delivery,
        checkpointIntervalMillis == null ? standard : checkpointIntervalMillis,
        checkpointDirectory,
        transactionTimeoutMillis,
        longestDowntimeMillis,
        smoothingMillis,
        silentAfterMillis);
  }
}
