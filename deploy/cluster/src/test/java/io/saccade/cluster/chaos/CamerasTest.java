package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.cluster.Patience;
import io.saccade.job.Delivery;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.Tail;
import io.saccade.quickstart.TopicPlan;
import io.saccade.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CamerasTest {
  @TempDir Path folder;

  private ChaosOptions options() throws Exception {
    Path clips = Files.createDirectories(folder.resolve("clips"));
    String clip = "bolt-012169.mp4";
    Files.copy(Path.of("../../deploy/quickstart/clips", clip), clips.resolve(clip));
    return new ChaosOptions(
        folder,
        1,
        1,
        EnumSet.allOf(FaultKind.class),
        Delivery.EXACTLY_ONCE,
        2,
        5,
        1,
        0.5,
        null,
        ChaosOptions.FROZEN,
        Path.of("../../models/gfnet/src/test/bundles/tiny"),
        clips);
  }

  /** Kafka's clients would wait for ten minutes. */
  @Test
  @Timeout(60)
  void stopInTimeThoughTheBrokerIsGone() throws Exception {
    String nobody = "127.0.0.1:" + EmbeddedBroker.freePort();
    Ledger ledger = new Ledger(1);
    try (Cameras cameras = new Cameras(nobody, Topics.DEFAULT.frames(), options(), ledger)) {
      cameras.start();

      cameras.stopWithin(Duration.ofMillis(500));

      assertThat(ledger.frames()).isZero();
    }
  }

  /** A topic that has just been made may refuse the first record and take the second. */
  private static void sendOne(String brokers) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.DEFAULT.frames(), new byte[1])).get();
    }
  }

  @Test
  @Timeout(120)
  void haveSentEverythingWhenTheyStop() throws Exception {
    Ledger ledger = new Ledger(1);
    try (EmbeddedBroker broker =
            EmbeddedBroker.start(folder.resolve("records"), EmbeddedBroker.freePort());
        Cameras cameras =
            new Cameras(broker.address(), Topics.DEFAULT.frames(), options(), ledger)) {
      TopicPlan.keeping(1).create(broker.address());
      sendOne(broker.address());
      cameras.start();
      assertThat(Patience.until(Duration.ofSeconds(60), () -> ledger.frames() > 3)).isTrue();

      cameras.stopWithin(Duration.ofSeconds(20));

      long end = Tail.ends(broker.address(), Topics.DEFAULT.frames()).getOrDefault(0, -1L);
      assertThat(ledger.frames() + 1).isEqualTo(end);
      cameras.requireWell();
    }
  }
}
