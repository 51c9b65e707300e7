package io.saccade.camera.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the topic of camera states from its start to its end, and makes it when it is missing. */
final class LedgerReader {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerReader.class);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long PAUSE_MILLIS = 200;
  private static final int SILENT_POLLS = 50;

  private final Map<String, Object> properties;
  private final String topic;

  LedgerReader(Map<String, ?> properties, String topic) {
    this.properties = new HashMap<>(properties);
    this.topic = topic;
    this.properties.put("reconnect.backoff.max.ms", 500);
    this.properties.put("request.timeout.ms", (int) ANSWER.toMillis() / 2);
    this.properties.put("enable.auto.commit", false);
    this.properties.put("client.id", "saccade-cameras-ledger");
    this.properties.put("default.api.timeout.ms", (int) ANSWER.toMillis());
  }

  /**
   * Waits until the brokers answer, however long that takes, and says once that it waits.
   *
   * @throws IllegalStateException when they refuse
   */
  void into(CameraLedger ledger) throws InterruptedException {
    boolean waiting = false;
    while (true) {
      try {
        makeTopic();
        read(ledger);
        if (waiting) {
          LOG.info("Kafka answers at {}", properties.get("bootstrap.servers"));
        }
        return;
      } catch (RetriableException e) {
        if (!waiting) {
          LOG.warn("Waiting for Kafka at {}", properties.get("bootstrap.servers"));
          waiting = true;
        }
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptException e) {
        throw new InterruptedException();
      } catch (KafkaException e) {
        throw new IllegalStateException(
            "%s must be readable and writable at %s, but was not: %s"
                .formatted(topic, properties.get("bootstrap.servers"), e.getMessage()),
            e);
      }
    }
  }

  private void makeTopic() throws InterruptedException {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(1), Optional.empty())
            .configs(Map.of("cleanup.policy", "compact"));
    try (Admin admin = Admin.create(properties)) {
      if (answer(admin.listTopics().names()).contains(topic)) {
        warnUnlessCompacted(admin);
        return;
      }
      try {
        var unused = answer(admin.createTopics(List.of(wanted)).all());
        LOG.info("Made topic {}", topic);
      } catch (TopicExistsException e) {
        LOG.debug("{} was made by somebody else", topic);
      }
    }
  }

  /** Records that are deleted by age take the numbers of a camera that is long away with them. */
  private void warnUnlessCompacted(Admin admin) throws InterruptedException {
    ConfigResource of = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      for (Config config : answer(admin.describeConfigs(List.of(of)).all()).values()) {
        ConfigEntry policy = config.get("cleanup.policy");
        if (policy != null && !"compact".equals(policy.value())) {
          LOG.warn("{} must have cleanup.policy=compact, but has {}", topic, policy.value());
        }
      }
    } catch (RetriableException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.debug("Who we are may not see the settings of {}: {}", topic, e.toString());
    }
  }

  private static <T> T answer(KafkaFuture<T> asked) throws InterruptedException {
    try {
      return asked.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new TimeoutException("no answer within " + ANSWER.toSeconds() + " s", e);
    }
  }

  /** A topic just made may be answered for without partitions: that is no empty ledger. */
  static List<TopicPartition> partitions(String topic, List<PartitionInfo> answer) {
    if (answer.isEmpty()) {
      throw new UnknownTopicOrPartitionException(topic + " has no partitions yet");
    }
    return answer.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  private void read(CameraLedger ledger) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      List<TopicPartition> partitions = partitions(topic, consumer.partitionsFor(topic));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      int silent = 0;
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        records.forEach(ledger::note);
        silent = records.isEmpty() ? silent + 1 : 0;
        if (silent > SILENT_POLLS) {
          throw new TimeoutException("no records within " + ANSWER.toSeconds() + " s");
        }
      }
    }
  }
}
