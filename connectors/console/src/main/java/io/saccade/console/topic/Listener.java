package io.saccade.console.topic;

import io.saccade.console.scene.Chronicle;
import io.saccade.console.scene.Contact;
import io.saccade.console.scene.Scene;
import io.saccade.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what cameras and job write, on a thread of its own, for as long as it is open: also while
 * topics are still missing, grow, or no broker answers.
 */
public final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final Duration POLL = Duration.ofMillis(300);
  private static final long LOOK_FOR_PARTITIONS_NANOS = 10_000_000_000L;
  private static final long AGAIN_MILLIS = 2_000;

  private final Map<String, ?> properties;
  private final Feed feed;
  private final Chronicle chronicle;
  private final Contact contact;
  private final Reading reading =
      new Reading("console-listener", this::consumer, this::listen, this::failed);
  private final CompletableFuture<String> turnedAway = new CompletableFuture<>();
  private boolean everHeard;

  /** How far each partition has been read, by whichever consumer. */
  private final Map<TopicPartition, Long> read = new HashMap<>();

  private Listener(Map<String, ?> properties, Topics topics, Scene scene) {
    this.properties = Map.copyOf(properties);
    this.feed = new Feed(topics, scene.wall(), scene.chronicle());
    this.chronicle = scene.chronicle();
    this.contact = scene.contact();
  }

  /**
   * Begins to listen.
   *
   * @param scene filled with what is heard
   */
  public static Listener start(Map<String, ?> properties, Topics topics, Scene scene) {
    Listener listener = new Listener(properties, topics, scene);
    listener.reading.start();
    return listener;
  }

  /**
   * Completed with the reason when the brokers do not let us in, and never did: who was in once is
   * let in again, whatever a broker says while it starts.
   */
  public CompletableFuture<String> turnedAway() {
    return turnedAway;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return Consumers.consumer(
        properties,
        Map.of(
            "client.id",
            "saccade-console-listener",
            // Six hundred labels a second in four batches: each fetch costs both sides.
            "fetch.min.bytes",
            512 * 1024,
            "fetch.max.wait.ms",
            250,
            "max.poll.records",
            5_000));
  }

  private void failed(KafkaException why) {
    String reason = reason(why);
    lost(reason);
    if (why instanceof AuthenticationException && !everHeard) {
      turnedAway.complete(reason);
    }
    reading.pause(AGAIN_MILLIS);
  }

  private String reason(KafkaException why) {
    Object brokers = properties.get("bootstrap.servers");
    if (why instanceof TimeoutException) {
      return "no Kafka broker answers at " + brokers;
    }
    if (why instanceof AuthenticationException) {
      return "Kafka at %s does not let us in: %s".formatted(brokers, why.getMessage());
    }
    if (why instanceof AuthorizationException) {
      return "Kafka at %s lets us in, but not read: %s".formatted(brokers, why.getMessage());
    }
    Throwable deepest = why.getCause() == null ? why : why.getCause();
    return "Kafka at %s cannot be read: %s".formatted(brokers, deepest.getMessage());
  }

  private void lost(String reason) {
    if (contact.lost(reason)) {
      LOG.warn("{}; it is tried again", reason);
    }
  }

  private void heard() {
    everHeard = true;
    if (contact.made()) {
      LOG.info("Kafka answers at {}", properties.get("bootstrap.servers"));
    }
  }

  private void listen(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> known = List.of();
    long lookAtNanos = System.nanoTime();
    while (reading.isOpen()) {
      if (System.nanoTime() - lookAtNanos >= 0) {
        known = assigned(consumer, known);
        if (known.isEmpty()) {
          lost(
              "none of the job's topics (%s and others) is at %s, or may be seen by this user"
                  .formatted(feed.topics().labels(), properties.get("bootstrap.servers")));
        } else {
          heard();
        }
        // Soon again while there is nothing to read.
        lookAtNanos =
            System.nanoTime() + (known.isEmpty() ? 500_000_000L : LOOK_FOR_PARTITIONS_NANOS);
      }
      if (known.isEmpty()) {
        chronicle.tick(System.currentTimeMillis());
        reading.pause(200);
        continue;
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        feed.accept(record, System.currentTimeMillis());
      }
      records.nextOffsets().forEach((partition, next) -> read.put(partition, next.offset()));
      chronicle.tick(System.currentTimeMillis());
    }
  }

  /** Takes up partitions that were not there before; those known go on where they are. */
  private List<TopicPartition> assigned(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> known) {
    Map<String, List<PartitionInfo>> all = consumer.listTopics();
    List<TopicPartition> now = new ArrayList<>();
    List<String> topics = new ArrayList<>(feed.fromNow());
    topics.addAll(feed.whole());
    for (String topic : topics) {
      for (PartitionInfo partition : all.getOrDefault(topic, List.of())) {
        now.add(new TopicPartition(topic, partition.partition()));
      }
    }
    if (now.equals(known)) {
      return known;
    }
    List<TopicPartition> fresh = new ArrayList<>(now);
    fresh.removeAll(known);
    consumer.assign(now);
    Map<TopicPartition, Long> ends = consumer.endOffsets(fresh);
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(fresh);
    for (TopicPartition it : fresh) {
      long start = starts.getOrDefault(it, 0L);
      long end = ends.getOrDefault(it, 0L);
      consumer.seek(it, feed.start(it.topic(), start, end, read.getOrDefault(it, 0L)));
    }
    return now;
  }

  @Override
  public void close() {
    reading.close();
  }
}
