package io.saccade.simulate.replay;

import io.saccade.wire.JsonCodec;
import io.saccade.wire.MalformedRecordException;
import io.saccade.wire.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Status records, handed on one after the other until one differs. */
public final class StatusLog {
  private static final Duration ANSWER = Duration.ofSeconds(8);
  private static final Duration POLL = Duration.ofMillis(100);

  private StatusLog() {}

  /**
   * Reads a file of JSON lines; empty lines are skipped.
   *
   * @throws IllegalArgumentException naming the line that is no status record
   */
  public static Optional<Difference> ofFile(Path file, Function<Status, Optional<Difference>> taker)
      throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          Optional<Difference> difference =
              taker.apply(decode(line.getBytes(StandardCharsets.UTF_8), file + ", line " + number));
          if (difference.isPresent()) {
            return difference;
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Reads what is in a topic now, partition by partition in order.
   *
   * @param clients what a client needs to reach the brokers ({@code bootstrap.servers}, security)
   * @throws IllegalStateException when no broker answers or the topic is missing
   */
  public static Optional<Difference> ofTopic(
      Map<String, Object> clients, String topic, Function<Status, Optional<Difference>> taker) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(clients)) {
      String brokers = String.valueOf(clients.get("bootstrap.servers"));
      List<TopicPartition> partitions = partitions(consumer, brokers, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          String place = "%s-%d, offset %d".formatted(topic, each.partition(), each.offset());
          Optional<Difference> difference = taker.apply(decode(each.value(), place));
          if (difference.isPresent()) {
            return difference;
          }
        }
      }
      return Optional.empty();
    }
  }

  private static Status decode(byte[] json, String place) {
    try {
      return JsonCodec.STATUS.decode(json);
    } catch (MalformedRecordException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> clients) {
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    settings.put("default.api.timeout.ms", (int) ANSWER.toMillis());
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String brokers, String topic) {
    try {
      List<PartitionInfo> infos = consumer.listTopics().get(topic);
      if (infos == null) {
        throw new IllegalStateException(
            "topic %s must exist at %s and be readable, but is not there for this user"
                .formatted(topic, brokers));
      }
      return infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "a Kafka broker must answer at %s, but none did within %d s"
              .formatted(brokers, ANSWER.toSeconds()),
          e);
    }
  }
}
