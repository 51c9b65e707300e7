package io.saccade.bench.control;

import io.saccade.camera.CapturedFrame;
import io.saccade.simulate.load.Frame;
import io.saccade.wire.Frames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The cameras: sends the frames of a scenario, each at its time. */
final class Projector implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Reel reel;
  private volatile @Nullable Exception failure;

  Projector(String brokers, String topic, Reel reel) {
    this.topic = topic;
    this.reel = reel;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", brokers, "batch.size", 128 << 10, "buffer.memory", 32L << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * What was sent.
   *
   * @param frames in the order of their offsets, with the capture times they really have
   * @param lateness how much later than planned each was captured, seconds, in rising order
   */
  record Shown(List<Frame> frames, double[] lateness) {
    double lateness(double share) {
      return lateness.length == 0 ? 0 : lateness[(int) (share * (lateness.length - 1))];
    }
  }

  /**
   * Sends frames in the order of capture. A camera that is kept from its work captures later: the
   * stamp is the time of sending.
   */
  Shown show(List<Frame> planned, RunClock clock) throws InterruptedException {
    List<Frame> frames = new ArrayList<>();
    double[] lateness = new double[planned.size()];
    for (Frame frame : planned) {
      clock.await(frame.captured() / 1e9);
      long stampMillis = System.currentTimeMillis();
      send(frame, stampMillis);
      long captured = Math.max(0, clock.nanosToMillis(stampMillis));
      lateness[frames.size()] = Math.max(0, captured - frame.captured()) / 1e9;
      frames.add(
          new Frame(
              captured, captured, captured, frame.camera(), frame.sequence(), frame.content()));
    }
    producer.flush();
    Exception problem = failure;
    if (problem != null) {
      throw new IllegalStateException("a frame could not be sent: " + problem, problem);
    }
    Arrays.sort(lateness);
    return new Shown(frames, lateness);
  }

  private void send(Frame frame, long stampMillis) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            0,
            stampMillis,
            camera(frame.camera()).getBytes(StandardCharsets.UTF_8),
            reel.picture(frame.content()));
    Frames.headers(frame.sequence(), CapturedFrame.JPEG).forEach(record.headers()::add);
    var unused =
        producer.send(
            record,
            (place, problem) -> {
              if (problem != null) {
                failure = problem;
              }
            });
  }

  /** As the simulator names them, whose frames are mixed by their names. */
  static String camera(int number) {
    return "camera-" + number;
  }

  @Override
  public void close() {
    producer.close();
  }
}
