package io.saccade.cluster.chaos;

import io.saccade.camera.CapturedFrame;
import io.saccade.camera.Clip;
import io.saccade.quickstart.SampleClips;
import io.saccade.wire.Frames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Cameras that show clips over and over, in turn, spread over all partitions. What they send
 * arrives once, however often the broker goes away: the producer is idempotent and waits for the
 * acknowledgement, and a camera whose frame cannot be taken waits with the next.
 */
final class Cameras implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Of each clip: a few seconds. */
  private static final int PICTURES = 40;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final int partitions;
  private final int cameras;
  private final double framesPerSecond;
  private final List<List<byte[]>> reels;
  private final Ledger ledger;
  private final Thread thread = new Thread(this::show, "cameras");
  private volatile boolean over;
  private volatile @Nullable Exception failure;

  /** Cameras that begin when they are {@linkplain #start told to}. */
  Cameras(String brokers, String topic, ChaosOptions options, Ledger ledger) throws IOException {
    this.topic = topic;
    this.partitions = options.parallelism();
    this.cameras = options.cameras();
    this.framesPerSecond = options.framesPerSecond();
    this.ledger = ledger;
    this.reels = reels(options.clips());
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                brokers,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "delivery.timeout.ms",
                (int) PATIENCE.toMillis(),
                "max.block.ms",
                PATIENCE.toMillis(),
                "batch.size",
                64 << 10,
                "reconnect.backoff.max.ms",
                200),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  private static List<List<byte[]>> reels(Path folder) throws IOException {
    List<List<byte[]>> reels = new ArrayList<>();
    try (SampleClips clips = SampleClips.open(folder)) {
      for (Clip clip : clips.clips()) {
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
          pictures.add(clip.jpeg(i));
        }
        reels.add(pictures);
      }
    }
    return reels;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void show() {
    long start = System.nanoTime();
    double apartNanos = 1e9 / (cameras * framesPerSecond);
    try {
      for (long number = 0; !over; number++) {
        long wait = start + (long) (number * apartNanos) - System.nanoTime();
        if (wait > 0) {
          TimeUnit.NANOSECONDS.sleep(wait);
        }
        send((int) (number % cameras), number / cameras);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void send(int camera, long sequence) {
    List<byte[]> reel = reels.get(camera % reels.size());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            camera % partitions,
            System.currentTimeMillis(),
            Ledger.camera(camera).getBytes(StandardCharsets.UTF_8),
            reel.get((int) (sequence % reel.size())));
    Frames.headers(sequence, CapturedFrame.JPEG).forEach(record.headers()::add);
    var unused =
        producer.send(
            record,
            (place, problem) -> {
              if (problem == null) {
                ledger.acknowledged(place.partition(), place.offset(), camera, sequence);
              } else {
                failure = problem;
              }
            });
  }

  /** Ends them; when it returns, the broker has every frame that was sent. */
  void stop() throws InterruptedException {
    over = true;
    thread.join(PATIENCE.toMillis());
    producer.flush();
    requireWell();
  }

  /**
   * Ends them whatever has happened, within about twice that time; frames that the broker has not
   * acknowledged by then are given up, and count for nothing.
   */
  void stopWithin(Duration patience) throws InterruptedException {
    over = true;
    thread.join(patience.toMillis());
    producer.close(patience);
  }

  /** Throws what has kept a frame from being sent, if anything has. */
  void requireWell() {
    Exception problem = failure;
    if (problem != null) {
      throw new IllegalStateException("a frame could not be sent: " + problem, problem);
    }
  }

  @Override
  public void close() {
    over = true;
    producer.close(Duration.ZERO);
  }
}
