package io.saccade.quickstart;

import io.saccade.job.JobOptions;
import io.saccade.job.JobOptionsBuilder;
import io.saccade.job.control.JobBudget;
import io.saccade.job.kafka.StartFrom;
import io.saccade.wire.Topics;
import java.nio.file.Path;

/**
 * A broker and a Flink cluster that several tests use one after the other, each by topics of its
 * own.
 */
final class Stage implements AutoCloseable {
  static final Path BUNDLE = Path.of("../../models/gfnet/src/test/bundles/tiny");

  private static final int SLOTS = 2;

  private final Scratch scratch = Scratch.make();
  private final int port = EmbeddedBroker.freePort();
  private final FlinkCluster flink;
  private EmbeddedBroker broker;
  private int taskManagersLost;

  Stage() {
    broker = EmbeddedBroker.start(scratch.folder("kafka"), port);
    flink = FlinkCluster.start(SLOTS, 0, scratch.folder("flink"));
  }

  String brokers() {
    return broker.address();
  }

  FlinkCluster flink() {
    return flink;
  }

  Path folder(String name) {
    return scratch.folder(name);
  }

  /** Takes the broker away until {@link #brokerComesBack}. */
  void brokerGoesAway() {
    broker.close();
  }

  void brokerComesBack() {
    broker = EmbeddedBroker.start(scratch.folder("kafka"), port);
  }

  /** The only TaskManager is lost, and another one comes. */
  void taskManagerIsLost() throws InterruptedException {
    // Those that were lost keep their index.
    flink.loseTaskManager(taskManagersLost++);
    flink.addTaskManager();
  }

  /** Topics of one test. */
  Topics topics(String prefix, int partitions) throws InterruptedException {
    Topics topics = Topics.withPrefix(prefix);
    TopicPlan.passing(partitions).named(topics).create(brokers());
    return topics;
  }

  /** What a job on those topics is told, unless a test changes it: nothing is ever too old. */
  JobOptionsBuilder options(String prefix) {
    return JobOptions.builder()
        .brokers(brokers())
        .topicPrefix(prefix)
        .groupId(prefix)
        .startFrom(StartFrom.EARLIEST)
        .bundle(BUNDLE)
        .maxAgeMillis(JobBudget.LONGEST_AGE_MILLIS)
        .checkpointIntervalMillis(200)
        .checkpointDirectory(folder("checkpoints-" + prefix));
  }

  @Override
  public void close() {
    flink.close();
    broker.close();
    scratch.close();
  }
}
