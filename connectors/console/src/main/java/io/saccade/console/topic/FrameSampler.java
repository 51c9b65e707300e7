package io.saccade.console.topic;

import io.saccade.console.scene.Picture;
import io.saccade.console.scene.Place;
import io.saccade.console.scene.Wall;
import io.saccade.wire.Label;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches pictures for what is watched, twice a second, and nothing while nobody watches. The
 * labels tell where to read: of all frames on the topic only the stretches are fetched that hold
 * the newest frame looked at of each camera watched, so picture and looks always belong together.
 */
public final class FrameSampler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrameSampler.class);

  /** How often a tile gets another picture at most. */
  public static final long EVERY_MILLIS = 500;

  private static final Duration POLL = Duration.ofMillis(50);
  private static final long PATIENCE_NANOS = 400_000_000L;

  /** Frames further apart are sought one by one, rather than read with all between them. */
  private static final long GAP = 48;

  private final Map<String, ?> properties;
  private final String topic;
  private final Wall wall;
  private final Supplier<? extends Collection<String>> watched;

  /** The last reason that was logged, until a picture comes. */
  private String told = "";

  private final Reading reading =
      new Reading("console-sampler", this::consumer, this::sample, this::failed);

  private FrameSampler(
      Map<String, ?> properties,
      String topic,
      Wall wall,
      Supplier<? extends Collection<String>> watched) {
    this.properties = Map.copyOf(properties);
    this.topic = topic;
    this.wall = wall;
    this.watched = watched;
  }

  /**
   * Begins to sample.
   *
   * @param watched the cameras that somebody sees now
   */
  public static FrameSampler start(
      Map<String, ?> properties,
      String topic,
      Wall wall,
      Supplier<? extends Collection<String>> watched) {
    FrameSampler sampler = new FrameSampler(properties, topic, wall, watched);
    sampler.reading.start();
    return sampler;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return Consumers.consumer(
        properties,
        Map.of(
            "client.id",
            "saccade-console-sampler",
            "max.partition.fetch.bytes",
            512 * 1024,
            "fetch.max.wait.ms",
            50,
            "max.poll.records",
            2_000));
  }

  private void sample(KafkaConsumer<byte[], byte[]> consumer) {
    while (reading.isOpen()) {
      long start = System.nanoTime();
      Map<Place, Label> wanted = wall.wanted(watched.get());
      if (!wanted.isEmpty()) {
        fetch(consumer, wanted, start + PATIENCE_NANOS);
      }
      reading.pause(EVERY_MILLIS - (System.nanoTime() - start) / 1_000_000);
    }
  }

  private void failed(KafkaException why) {
    if (!why.toString().equals(told)) {
      told = why.toString();
      LOG.warn("fetching pictures has failed and is tried again: {}", told);
    }
    reading.pause(4 * EVERY_MILLIS);
  }

  private void fetch(
      KafkaConsumer<byte[], byte[]> consumer, Map<Place, Label> wanted, long untilNanos) {
    Map<TopicPartition, NavigableSet<Long>> missing = new HashMap<>();
    wanted
        .keySet()
        .forEach(
            it ->
                missing
                    .computeIfAbsent(
                        new TopicPartition(topic, it.partition()), partition -> new TreeSet<>())
                    .add(it.offset()));
    // Partitions once read stay assigned, paused: what is known of their leaders would be lost.
    Set<TopicPartition> all = new HashSet<>(consumer.assignment());
    if (all.addAll(missing.keySet())) {
      consumer.assign(all);
      consumer.pause(all);
    }
    consumer.resume(missing.keySet());
    missing.forEach((partition, offsets) -> consumer.seek(partition, offsets.first()));
    while (!missing.isEmpty() && System.nanoTime() < untilNanos && reading.isOpen()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record, wanted, missing);
      }
      proceed(consumer, missing);
    }
    // Or it would go on to fetch what nobody wants.
    consumer.pause(all);
  }

  private void take(
      ConsumerRecord<byte[], byte[]> record,
      Map<Place, Label> wanted,
      Map<TopicPartition, NavigableSet<Long>> missing) {
    NavigableSet<Long> offsets = missing.get(new TopicPartition(topic, record.partition()));
    if (offsets == null) {
      return;
    }
    Label label = wanted.get(new Place(record.partition(), record.offset()));
    byte[] image = record.value();
    if (label != null && image != null && image.length <= Picture.MOST_BYTES) {
      wall.show(new Picture(label, image));
      told = "";
    }
    // Found, or gone from the topic before it was read.
    offsets.headSet(record.offset(), true).clear();
  }

  private static void proceed(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, NavigableSet<Long>> missing) {
    missing
        .entrySet()
        .removeIf(
            it -> {
              if (it.getValue().isEmpty()) {
                consumer.pause(Set.of(it.getKey()));
                return true;
              }
              long next = it.getValue().first();
              if (next - consumer.position(it.getKey()) > GAP) {
                consumer.seek(it.getKey(), next);
              }
              return false;
            });
  }

  @Override
  public void close() {
    reading.close();
  }
}
