package io.saccade.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KafkaFrameSinkTest {
  private static final CapturedFrame FRAME =
      new CapturedFrame("gate", 17, 1_700_000_000_123L, CapturedFrame.JPEG, new byte[] {1, 2, 3});

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Tally tally = new Tally();

  @Test
  void writesTheImageUnderItsCameraWithItsTimeAndHeaders() {
    try (KafkaFrameSink sink = new KafkaFrameSink(producer, "frames")) {
      sink.send(FRAME, tally);

      ProducerRecord<byte[], byte[]> record = producer.history().get(0);
      assertThat(record.topic()).isEqualTo("frames");
      assertThat(record.partition()).isNull();
      assertThat(text(record.key())).isEqualTo("gate");
      assertThat(record.value()).isSameAs(FRAME.image());
      assertThat(record.timestamp()).isEqualTo(1_700_000_000_123L);
      assertThat(text(record.headers().lastHeader("sequence").value())).isEqualTo("17");
      assertThat(text(record.headers().lastHeader("content-type").value())).isEqualTo("image/jpeg");
    }
  }

  @Test
  void countsAFrameAsTakenOnlyWhenTheBrokerSaysSo() {
    try (KafkaFrameSink sink = new KafkaFrameSink(producer, "frames")) {
      sink.send(FRAME, tally);
      assertThat(tally.counts().acknowledged()).isZero();

      producer.completeNext();

      assertThat(tally.counts().acknowledged()).isEqualTo(1);
    }
  }

  @Test
  void countsWhatTheBrokerRefuses() {
    try (KafkaFrameSink sink = new KafkaFrameSink(producer, "frames")) {
      sink.send(FRAME, tally);

      producer.errorNext(new RecordTooLargeException("too large"));

      assertThat(tally.counts().dropped()).isEqualTo(Map.of(Drop.NOT_TAKEN, 1L));
    }
  }

  @Test
  void countsWhatFindsNoRoom() {
    MockProducer<byte[], byte[]> full =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> record, Callback callback) {
            throw new BufferExhaustedException("full");
          }
        };
    try (KafkaFrameSink sink = new KafkaFrameSink(full, "frames")) {
      sink.send(FRAME, tally);

      assertThat(tally.counts().dropped()).isEqualTo(Map.of(Drop.NO_ROOM, 1L));
    }
  }

  /** With the true producer: nobody listens at the address. */
  @Test
  @Timeout(30)
  void neitherWaitsNorLosesCountWhenThereIsNoBroker() throws IOException {
    Map<String, String> nowhere =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + freePort());
    try (KafkaFrameSink sink = new KafkaFrameSink(nowhere, "frames")) {
      for (int i = 0; i < 1000; i++) {
        sink.send(FRAME, tally);
      }
    }

    assertThat(tally.counts().dropped()).isEqualTo(Map.of(Drop.NOT_TAKEN, 1000L));
  }

  @Test
  void usesOnlySettingsThatTheProducerKnows() {
    assertThat(ProducerConfig.configNames())
        .containsAll(Set.copyOf(KafkaFrameSink.DEFAULTS.keySet()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
