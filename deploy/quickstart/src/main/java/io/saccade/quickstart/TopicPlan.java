package io.saccade.quickstart;

import io.saccade.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The seven topics as a single broker on a small disk should have them.
 *
 * @param framePartitions at least as many as the job has subtasks; more do no harm, as nothing
 *     waits for a partition without frames (there are no watermarks)
 * @param keepFrames how long frames stay; the next figure may cut it short
 * @param keepFrameBytes most bytes of frames per partition
 * @param keepResults how long labels, status, events and dead letters stay
 */
public record TopicPlan(
    Topics topics,
    int framePartitions,
    Duration keepFrames,
    long keepFrameBytes,
    Duration keepResults) {
  private static final int MEBIBYTE = 1 << 20;

  /** A picture of 8 MiB, the most that is read, and room for its key and headers. */
  public static final int LARGEST_RECORD = 8 * MEBIBYTE + (64 << 10);

  private static final long ANSWER_SECONDS = 20;

  public TopicPlan {
    if (framePartitions < 1) {
      throw new IllegalArgumentException(
          "framePartitions must be at least 1, but was " + framePartitions);
    }
  }

  /**
   * For sample cameras that play for hours: frames are live or worthless, so that a minute of them
   * (40 cameras send 12 MB a second) is plenty.
   */
  public static TopicPlan passing(int framePartitions) {
    return new TopicPlan(
        Topics.DEFAULT,
        framePartitions,
        Duration.ofMinutes(1),
        512L * MEBIBYTE,
        Duration.ofMinutes(10));
  }

  /** For frames of one's own: an hour of them, and a day of what came of them. */
  public static TopicPlan keeping(int framePartitions) {
    return new TopicPlan(
        Topics.DEFAULT, framePartitions, Duration.ofHours(1), 4096L * MEBIBYTE, Duration.ofDays(1));
  }

  /** The same for topics with another prefix. */
  public TopicPlan named(Topics others) {
    return new TopicPlan(others, framePartitions, keepFrames, keepFrameBytes, keepResults);
  }

  /** Makes the topics that are missing; those that are there stay as they are. */
  public void create(String brokers) throws InterruptedException {
    create(Map.of("bootstrap.servers", brokers));
  }

  /**
   * The same where more is needed to reach the brokers.
   *
   * @param clients what a client needs ({@code bootstrap.servers}, security)
   */
  public void create(Map<String, Object> clients) throws InterruptedException {
    try (Admin admin = Admin.create(clients)) {
      for (KafkaFuture<Void> made : admin.createTopics(all()).values().values()) {
        await(made);
      }
    }
  }

  private static void await(KafkaFuture<Void> made) throws InterruptedException {
    try {
      made.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("a topic could not be made: " + e.getCause(), e);
      }
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "topics must be made within %d s, but the broker did not answer"
              .formatted(ANSWER_SECONDS),
          e);
    }
  }

  private List<NewTopic> all() {
    List<NewTopic> all = new ArrayList<>();
    // Retention drops whole segments: small ones, or little would ever be dropped.
    all.add(
        topic(
            topics.frames(),
            framePartitions,
            Map.of(
                "max.message.bytes", "" + LARGEST_RECORD,
                "retention.ms", "" + keepFrames.toMillis(),
                "retention.bytes", "" + keepFrameBytes,
                "segment.bytes", "" + 32 * MEBIBYTE)));
    for (String results : List.of(topics.labels(), topics.events(), topics.status())) {
      all.add(topic(results, 1, results()));
    }
    Map<String, String> deadLetters = new HashMap<>(results());
    // A dead letter holds up to 1,000,000 bytes of the picture, and headers.
    deadLetters.put("max.message.bytes", "" + 2 * MEBIBYTE);
    all.add(topic(topics.deadLetters(), 1, deadLetters));
    // Compacted to the newest settings and the newest state of each camera, which are never
    // dropped.
    for (String newest : List.of(topics.control(), topics.cameras())) {
      all.add(
          topic(
              newest, 1, Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.1")));
    }
    return all;
  }

  private Map<String, String> results() {
    return Map.of("retention.ms", "" + keepResults.toMillis(), "segment.bytes", "" + 16 * MEBIBYTE);
  }

  private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(name, partitions, (short) 1).configs(settings);
  }
}
