package io.saccade.cli.doctor;

import io.saccade.quickstart.TopicPlan;
import io.saccade.wire.DeadLetter;
import io.saccade.wire.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * A Kafka broker: whether it answers, what it can do, and its topics.
 *
 * @param clients what Kafka's clients are told, {@code bootstrap.servers} among it
 */
public record Broker(Map<String, Object> clients, Topics topics) implements Check {
  private static final int ANSWER_SECONDS = 8;

  /** The client says better than a future why there is no answer: it is left the time to. */
  private static final int CLIENT_SAYS_SO_SECONDS = ANSWER_SECONDS + 4;

  /** From which on the second version of Kafka's transactions is in force (KIP-890). */
  private static final short SAFE_TRANSACTIONS = 2;

  /** Above this a camera's clock is ahead, whatever the network does. */
  private static final long AHEAD_MILLIS = 500;

  public Broker {
    clients = Map.copyOf(clients);
  }

  private String address() {
    return String.valueOf(clients.get("bootstrap.servers"));
  }

  @Override
  public List<Finding> look() throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put("default.api.timeout.ms", ANSWER_SECONDS * 1000);
    settings.put("request.timeout.ms", ANSWER_SECONDS * 500);
    List<Finding> findings = new ArrayList<>();
    try (Admin admin = Admin.create(settings)) {
      int nodes = answer(admin.describeCluster().nodes()).size();
      findings.add(
          Finding.ok("broker", "%s answers, %d in the cluster".formatted(address(), nodes)));
      findings.add(
          unlessForbidden("transactions", "Describe on the cluster", () -> transactions(admin)));
      findings.addAll(topics(admin));
      return findings;
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      findings.add(failed(e.getCause() == null ? e : e.getCause()));
      return findings;
    }
  }

  private Finding failed(Throwable why) {
    if (why instanceof AuthenticationException) {
      return Finding.problem(
          "broker",
          "%s does not let this user in: %s".formatted(address(), why.getMessage()),
          "a user of its own, and that user's password",
          "give them with --kafka-properties FILE: docs/access.md");
    }
    return Finding.problem(
        "broker",
        "%s does not answer: %s".formatted(address(), why.getMessage()),
        "a Kafka broker, 2.1 or later",
        "is it running, the address right, and the address it advertises reachable from here?"
            + " One to try: ./saccade quickstart --brokers-only --port 19092");
  }

  /** Something to be asked of a broker. */
  private interface Question {
    Finding ask() throws InterruptedException, ExecutionException, TimeoutException;
  }

  /**
   * The answer, or that it is refused to this user, who may well have the rights that work takes.
   *
   * @param what it is about
   * @param right what the answer takes
   */
  private static Finding unlessForbidden(String what, String right, Question question)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return question.ask();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException refusal) {
        return Finding.warning(
            what,
            "this user may not see it: " + refusal.getMessage(),
            "the right of " + right,
            "look with an administrator's --kafka-properties, or grant it with kafka-acls.sh;"
                + " the job does without");
      }
      throw e;
    }
  }

  private static <T> T answer(KafkaFuture<T> asked)
      throws InterruptedException, ExecutionException, TimeoutException {
    return asked.get(CLIENT_SAYS_SO_SECONDS, TimeUnit.SECONDS);
  }

  private static Finding transactions(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    FinalizedVersionRange version =
        answer(admin.describeFeatures().featureMetadata())
            .finalizedFeatures()
            .get("transaction.version");
    return version != null && version.maxVersionLevel() >= SAFE_TRANSACTIONS
        ? Finding.ok("transactions", "version " + version.maxVersionLevel())
        : Finding.warning(
            "transactions",
            version == null ? "of a broker before 4.0" : "version " + version.maxVersionLevel(),
            "version 2, as in Kafka 4.0 and later (KIP-890)",
            "for --delivery exactly-once upgrade the brokers; at-least-once is not touched by it");
  }

  private List<Finding> topics(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> there = answer(admin.listTopics().names());
    List<String> missing = new ArrayList<>(topics.all());
    missing.removeAll(there);
    List<Finding> findings = new ArrayList<>();
    findings.add(
        missing.isEmpty()
            ? Finding.ok("topics", "all seven are there")
            : Finding.warning(
                "topics",
                String.join(", ", missing) + " missing, or not to be seen by this user",
                "all seven, and the right of Describe on each",
                "./saccade job --create-topics makes them; rights: docs/access.md"));
    String right = "DescribeConfigs and Describe on the topic";
    if (there.contains(topics.frames())) {
      findings.add(unlessForbidden(topics.frames(), right, () -> frames(admin)));
    }
    String dead = topics.deadLetters();
    if (there.contains(dead)) {
      findings.add(unlessForbidden(dead, right, () -> deadLetters(admin, dead)));
    }
    for (String newest : List.of(topics.control(), topics.cameras())) {
      if (there.contains(newest)) {
        findings.add(unlessForbidden(newest, right, () -> compacted(admin, newest)));
      }
    }
    return findings;
  }

  private static Finding compacted(Admin admin, String topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    return setting(admin, topic, "cleanup.policy").contains("compact")
        ? Finding.ok(topic, "is compacted")
        : Finding.warning(
            topic,
            "is not compacted",
            "cleanup.policy=compact",
            "kafka-configs.sh --alter --topic %s --add-config cleanup.policy=compact; else what it says is forgotten after a while"
                .formatted(topic));
  }

  private Finding frames(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    String frames = topics.frames();
    int largest = Integer.parseInt(setting(admin, frames, "max.message.bytes"));
    if (largest < TopicPlan.LARGEST_RECORD) {
      return Finding.warning(
          frames,
          "takes records of %d bytes".formatted(largest),
          "%d bytes, for pictures of 8 MiB".formatted(TopicPlan.LARGEST_RECORD),
          "kafka-configs.sh --alter --topic %s --add-config max.message.bytes=%d, or send no pictures that are larger"
              .formatted(frames, TopicPlan.LARGEST_RECORD));
    }
    long ahead = newestMillis(admin) - System.currentTimeMillis();
    return ahead > AHEAD_MILLIS
        ? Finding.warning(
            frames,
            "the newest frame was taken %.1f s after now".formatted(ahead / 1e3),
            "capture times that are past",
            "synchronise the clocks of this machine and of those that read cameras")
        : Finding.ok(frames, "takes pictures of 8 MiB");
  }

  private static Finding deadLetters(Admin admin, String topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    int largest = Integer.parseInt(setting(admin, topic, "max.message.bytes"));
    return largest >= DeadLetter.RECORD_BYTES
        ? Finding.ok(topic, "takes every dead letter")
        : Finding.warning(
            topic,
            "takes records of %d bytes".formatted(largest),
            "%d bytes".formatted(DeadLetter.RECORD_BYTES),
            "kafka-configs.sh --alter --topic %s --add-config max.message.bytes=%d; a larger picture that cannot be read stops the job else"
                .formatted(topic, DeadLetter.RECORD_BYTES));
  }

  private static String setting(Admin admin, String topic, String name)
      throws InterruptedException, ExecutionException, TimeoutException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config = answer(admin.describeConfigs(List.of(resource)).all()).get(resource);
    return config == null ? "" : String.valueOf(config.get(name).value());
  }

  /** The newest capture time on the frames topic; -1 while it is empty. */
  private long newestMillis(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    answer(admin.describeTopics(List.of(topics.frames())).allTopicNames())
        .values()
        .forEach(
            topic ->
                topic
                    .partitions()
                    .forEach(
                        partition ->
                            wanted.put(
                                new TopicPartition(topic.name(), partition.partition()),
                                OffsetSpec.maxTimestamp())));
    return answer(admin.listOffsets(wanted).all()).values().stream()
        .mapToLong(it -> it.timestamp())
        .max()
        .orElse(-1);
  }
}
