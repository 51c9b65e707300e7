package io.saccade.camera.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.camera.CapturedFrame;
import io.saccade.camera.Drop;
import io.saccade.camera.Sequence;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrameOutboxTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Receipts receipts = new Receipts();
  private final Sequence reserved = new Sequence(0);
  private final FrameOutbox outbox =
      new FrameOutbox(producer, true, "frames", camera -> reserved.reserved());

  @AfterEach
  void close() {
    outbox.close();
  }

  private static CapturedFrame frame(String camera, long sequence, int length) {
    return new CapturedFrame(
        camera,
        sequence,
        1_700_000_000_123L,
        OptionalLong.of(41_960),
        CapturedFrame.JPEG,
        new byte[length]);
  }

  private void handedOver(int frames) {
    Receipts.await(() -> producer.history().size() >= frames);
    assertThat(producer.history()).hasSize(frames);
  }

  @Test
  void writesTheImageUnderItsCameraWithItsTimeAndHeaders() {
    reserved.reserve(100);
    CapturedFrame frame = frame("gate", 17, 3);

    outbox.send(frame, receipts);

    handedOver(1);
    ProducerRecord<byte[], byte[]> record = producer.history().get(0);
    assertThat(record.topic()).isEqualTo("frames");
    assertThat(record.partition()).isNull();
    assertThat(text(record.key())).isEqualTo("gate");
    assertThat(record.value()).isSameAs(frame.image());
    assertThat(record.timestamp()).isEqualTo(1_700_000_000_123L);
    assertThat(text(record.headers().lastHeader("sequence").value())).isEqualTo("17");
    assertThat(text(record.headers().lastHeader("pts").value())).isEqualTo("41960");
    assertThat(text(record.headers().lastHeader("content-type").value())).isEqualTo("image/jpeg");
  }

  @Test
  void countsAFrameAsTakenOnlyWhenTheBrokerSaysSo() {
    reserved.reserve(1);
    outbox.send(frame("gate", 0, 3), receipts);
    handedOver(1);
    assertThat(receipts.taken()).isZero();

    producer.completeNext();

    assertThat(receipts.taken()).isEqualTo(1);
  }

  @Test
  void countsWhatTheBrokerRefuses() {
    reserved.reserve(1);
    outbox.send(frame("gate", 0, 3), receipts);
    handedOver(1);

    producer.errorNext(new RecordTooLargeException("too large"));

    assertThat(receipts.dropped()).isEqualTo(Map.of(Drop.NOT_TAKEN, 1L));
  }

  @Test
  void tellsWhenItsThreadDies() throws Exception {
    BlockingQueue<String> died = new LinkedBlockingQueue<>();
    try (FrameOutbox faulty =
        new FrameOutbox(
            producer,
            false,
            "frames",
            camera -> {
              throw new AssertionError("ours");
            })) {
      faulty.whenItDies((thread, problem) -> died.add(thread.getName()));
      faulty.send(frame("gate", 0, 3), receipts);

      assertThat(died.take()).isEqualTo("frame-outbox");
    }
  }

  /** Or a process that goes on after a kill could use the number again. */
  @Test
  void keepsAFrameUntilItsNumberIsReserved() {
    outbox.send(frame("gate", 0, 3), receipts);
    outbox.send(frame("gate", 1, 3), receipts);
    reserved.reserve(1);

    handedOver(1);

    reserved.reserve(2);
    handedOver(2);
    assertThat(receipts.dropped()).isEmpty();
  }

  @Test
  void handsOverOnlyALittleAndLetsTheOldestMakePlaceForNewerOnes() {
    reserved.reserve(Long.MAX_VALUE);
    int out = FrameOutbox.MAX_FRAMES_OUT;
    for (int i = 0; i < out + Backlog.MAX_FRAMES + 10; i++) {
      outbox.send(frame("gate", i, 3), receipts);
      // So that none makes place before that.
      if (i < out) {
        handedOver(i + 1);
      }
    }
    assertThat(receipts.dropped()).isEqualTo(Map.of(Drop.DISPLACED, 10L));
    assertThat(producer.history()).hasSize(out);

    producer.completeNext();

    handedOver(out + 1);
    assertThat(text(producer.history().get(out).headers().lastHeader("sequence").value()))
        .as("the oldest ten made place")
        .isEqualTo("" + (out + 10));
  }

  @Test
  void sendsNothingThatIsNoLongerLive() {
    outbox.send(frame("gate", 0, 3), receipts);

    Receipts.await(() -> receipts.dropped().containsKey(Drop.LATE));

    reserved.reserve(10);
    outbox.send(frame("gate", 1, 3), receipts);
    handedOver(1);
    assertThat(text(producer.history().get(0).headers().lastHeader("sequence").value()))
        .isEqualTo("1");
  }

  @Test
  void givesBackWhatIsLeftWhenItCloses() {
    outbox.send(frame("gate", 0, 3), receipts);

    outbox.close();
    outbox.send(frame("gate", 1, 3), receipts);

    assertThat(receipts.dropped()).isEqualTo(Map.of(Drop.NOT_TAKEN, 2L));
  }

  /** With the true producer: nobody listens at the address. */
  @Test
  void neitherWaitsNorLosesCountWhenThereIsNoBroker() throws IOException {
    Map<String, String> nowhere =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + freePort());
    try (FrameOutbox sending = new FrameOutbox(nowhere, "frames")) {
      for (int i = 0; i < 1000; i++) {
        sending.send(frame("gate", i, 3), receipts);
      }
    }

    Receipts.await(() -> receipts.settled() == 1000);
    assertThat(receipts.taken()).isZero();
    assertThat(receipts.dropped().get(Drop.DISPLACED)).isGreaterThan(900);
  }

  @Test
  void usesOnlySettingsThatTheProducerKnows() {
    assertThat(ProducerConfig.configNames())
        .containsAll(Set.copyOf(FrameProducer.DEFAULTS.keySet()));
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
