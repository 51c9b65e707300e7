package io.saccade.cluster;

import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The places of the frames that have a label. */
final class LabelledPlaces implements AutoCloseable {
  private final TreeSet<String> places = new TreeSet<>();
  private final KafkaConsumer<byte[], byte[]> consumer;

  LabelledPlaces(String brokers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", brokers, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all = List.of(new TopicPartition(topic, 0));
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /** Those that are known by now. */
  Set<String> now() {
    for (ConsumerRecord<byte[], byte[]> it : consumer.poll(Duration.ofMillis(100))) {
      Label label = JsonCodec.LABEL.decode(it.value());
      places.add(label.partition() + "/" + label.offset());
    }
    return places;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
