package io.saccade.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.console.scene.Mark;
import io.saccade.console.scene.Scene;
import io.saccade.console.topic.Listener;
import io.saccade.wire.Event;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the console tells when the broker was away for longer than it waits. */
@Timeout(180)
class ConsoleOutageTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Scene scene = Scene.empty();

  private static void happens(String brokers, String camera) throws Exception {
    Event event = new Event(Event.SCHEMA, camera, Event.SILENT, "nut", null, 1, 1, 0, 0);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.DEFAULT.events(), camera.getBytes(UTF_8), JsonCodec.EVENT.encode(event)))
          .get();
    }
  }

  private List<String> told() {
    return scene.chronicle().marksAfter(0).stream().map(Mark::camera).toList();
  }

  @Test
  void anEventIsToldOnce(@TempDir Path folder) throws Exception {
    int port = EmbeddedBroker.freePort();
    String brokers = "127.0.0.1:" + port;
    Listener listener;
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
      TopicPlan.passing(1).create(broker.address());
      happens(brokers, "before");
      listener = Listener.start(Map.of("bootstrap.servers", brokers), Topics.DEFAULT, scene);
      Waiting.until("the event is told", SOON, () -> told().equals(List.of("before")));
    }
    try (listener) {
      Waiting.until("the outage is told", SOON, () -> scene.contact().trouble().isPresent());
      try (EmbeddedBroker again = EmbeddedBroker.start(folder, port)) {
        happens(again.address(), "meanwhile");
        Waiting.until("the next event is told", SOON, () -> told().contains("meanwhile"));
      }
    }

    assertThat(told()).containsExactly("before", "meanwhile");
  }
}
