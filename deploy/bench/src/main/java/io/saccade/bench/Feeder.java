package io.saccade.bench;

import io.saccade.camera.CapturedFrame;
import io.saccade.wire.Frames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends pictures to a frames topic so that the job never waits for them and never has more than a
 * few before it.
 */
final class Feeder implements AutoCloseable {
  /** Frames sent and not labelled: about a second's worth. */
  private static final int AHEAD = 160;

  private static final long MOMENT_NANOS = 500_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final List<byte[]> jpegs;
  private long sent;

  Feeder(String brokers, String topic, List<byte[]> jpegs) {
    this.topic = topic;
    this.jpegs = jpegs;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                brokers,
                "linger.ms",
                5,
                "batch.size",
                128 << 10,
                "buffer.memory",
                16L << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Keeps ahead of the labels for a while. */
  void feed(Counter labels, long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() < until) {
      if (sent - labels.frames() < AHEAD) {
        send();
      } else {
        Pause.nanos(MOMENT_NANOS);
      }
    }
  }

  private void send() {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            null,
            System.currentTimeMillis(),
            Replay.camera(sent).getBytes(StandardCharsets.UTF_8),
            jpegs.get((int) (sent % jpegs.size())));
    Frames.headers(sent, CapturedFrame.JPEG).forEach(record.headers()::add);
    var unused = producer.send(record);
    sent++;
  }

  /** Whether every frame sent has its label. */
  boolean caughtUp(Counter labels) {
    return labels.frames() >= sent;
  }

  @Override
  public void close() {
    producer.close();
  }
}
