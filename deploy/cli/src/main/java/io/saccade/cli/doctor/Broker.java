package io.saccade.cli.doctor;

import io.saccade.quickstart.TopicPlan;
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

/**
 * A Kafka broker: whether it answers, what it can do, and its topics.
 *
 * @param clients what Kafka's clients are told, {@code bootstrap.servers} among it
 */
public record Broker(Map<String, Object> clients, Topics topics) implements Check {
  private static final int ANSWER_SECONDS = 5;

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
    try (Admin admin = Admin.create(settings)) {
      List<Finding> findings = new ArrayList<>();
      int nodes = answer(admin.describeCluster().nodes()).size();
      findings.add(
          Finding.ok("broker", "%s answers, %d in the cluster".formatted(address(), nodes)));
      findings.add(transactions(admin));
      findings.addAll(topics(admin));
      return findings;
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return List.of(
          Finding.problem(
              "broker",
              "%s does not answer: %s".formatted(address(), cause.getMessage()),
              "a Kafka broker, 2.1 or later",
              "is it running, the address right, and the address it advertises reachable from here?"
                  + " One to try: ./saccade quickstart --brokers-only --port 19092"));
    }
  }

  private static <T> T answer(KafkaFuture<T> asked)
      throws InterruptedException, ExecutionException, TimeoutException {
    return asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
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
    List<String> missing = new ArrayList<>(all());
    missing.removeAll(there);
    if (!missing.isEmpty()) {
      return List.of(
          Finding.warning(
              "topics",
              String.join(", ", missing) + " missing",
              "all seven",
              "./saccade job --create-topics makes them"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("topics", "all seven are there"));
    findings.add(frames(admin));
    for (String compacted : List.of(topics.control(), topics.cameras())) {
      if (!setting(admin, compacted, "cleanup.policy").contains("compact")) {
        findings.add(
            Finding.warning(
                compacted,
                "is not compacted",
                "cleanup.policy=compact",
                "kafka-configs.sh --alter --topic %s --add-config cleanup.policy=compact; else what it says is forgotten after a while"
                    .formatted(compacted)));
      }
    }
    return findings;
  }

  private List<String> all() {
    return List.of(
        topics.frames(),
        topics.labels(),
        topics.events(),
        topics.control(),
        topics.status(),
        topics.deadLetters(),
        topics.cameras());
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
