package io.saccade.quickstart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TailTest {
  private static void refuse(Object record) {
    throw new IllegalStateException("a record it cannot read: " + (record != null));
  }

  @Test
  void tellsWhatKeptItFromReadingOn() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      TopicPlan plan = TopicPlan.passing(1);
      plan.create(broker.address());
      String labels = plan.topics().labels();
      try (Tail tail = Tail.from(broker.address(), List.of(labels), TailTest::refuse);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(
                  Map.of("bootstrap.servers", broker.address()),
                  new ByteArraySerializer(),
                  new ByteArraySerializer())) {
        tail.requireAlive();
        producer.send(new ProducerRecord<>(labels, new byte[] {1})).get();

        assertThatThrownBy(
                () ->
                    Waiting.until(
                        "an end of the reading",
                        Duration.ofSeconds(20),
                        () -> {
                          tail.requireAlive();
                          return false;
                        }))
            .hasMessageContaining("reading what the job writes has failed")
            .hasMessageContaining("a record it cannot read");
      }
    }
  }
}
