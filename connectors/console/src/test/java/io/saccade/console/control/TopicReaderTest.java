package io.saccade.console.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With Kafka's own stand-in for a consumer; that a real broker is stopped is tried elsewhere. */
@Timeout(30)
class TopicReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("status", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

  private TopicReader holding(long records) {
    Node broker = new Node(0, "broker", 9092);
    consumer.updatePartitions(
        "status",
        List.of(new PartitionInfo("status", 0, broker, new Node[] {broker}, new Node[] {broker})));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, records));
    return new TopicReader("broker:9092", consumer, "status", Duration.ofMillis(200));
  }

  @Test
  void readsToTheEndThatThereWas() {
    TopicReader reader = holding(2);
    for (long offset : new long[] {0, 1}) {
      consumer.schedulePollTask(
          () ->
              consumer.addRecord(
                  new ConsumerRecord<>("status", 0, offset, new byte[0], new byte[0])));
    }

    assertThat(reader.newest(10)).extracting(ConsumerRecord::offset).containsExactly(0L, 1L);
  }

  @Test
  void doesNotWaitForEverForABrokerThatGoesAwayMeanwhile() {
    TopicReader reader = holding(2);

    assertThatThrownBy(() -> reader.newest(10))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a Kafka broker must answer at broker:9092, but none did within 0 s");
    reader.close();
    assertThat(consumer.closed()).isTrue();
  }
}
