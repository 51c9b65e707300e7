package io.saccade.bench.camera;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.saccade.quickstart.Tail;
import io.saccade.wire.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The frames that have come out of Kafka, by camera, with when they came. */
public final class FrameLog implements AutoCloseable {
  private static final byte[] NO_IMAGE = {};

  private final Map<String, List<Seen>> byCamera = new ConcurrentHashMap<>();
  private final boolean keepImages;
  private final Tail tail;

  /**
   * A frame.
   *
   * @param capturedMillis its record's timestamp
   * @param receivedMillis when it was read from Kafka
   * @param pts the stream's own time; -1 without one
   */
  public record Seen(
      long sequence, long capturedMillis, long receivedMillis, long pts, byte[] image) {}

  private FrameLog(String brokers, String topic, boolean keepImages) {
    this.keepImages = keepImages;
    tail = Tail.from(brokers, List.of(topic), this::note);
  }

  /** Reads what comes from now on. */
  public static FrameLog from(String brokers, String topic) {
    return new FrameLog(brokers, topic, true);
  }

  /** The same of the usual topic, without the images, which take memory. */
  static FrameLog counting(String brokers) {
    return new FrameLog(brokers, Topics.DEFAULT.frames(), false);
  }

  private void note(ConsumerRecord<byte[], byte[]> record) {
    Seen seen =
        new Seen(
            number(record, "sequence"),
            record.timestamp(),
            System.currentTimeMillis(),
            number(record, "pts"),
            keepImages ? record.value() : NO_IMAGE);
    byCamera
        .computeIfAbsent(
            new String(record.key(), UTF_8),
            camera -> Collections.synchronizedList(new ArrayList<>()))
        .add(seen);
  }

  private static long number(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? -1 : Long.parseLong(new String(header.value(), UTF_8));
  }

  /** The camera's frames so far. */
  public List<Seen> of(String camera) {
    List<Seen> frames = byCamera.getOrDefault(camera, List.of());
    // Copied at one go, which such a list does under its lock.
    return List.of(frames.toArray(new Seen[0]));
  }

  public int count(String camera) {
    return byCamera.getOrDefault(camera, List.of()).size();
  }

  /** Where the camera's sequence numbers do not follow upon each other: "17 after 12". */
  public List<String> gaps(String camera) {
    List<Seen> frames = of(camera);
    List<String> gaps = new ArrayList<>();
    for (int i = 1; i < frames.size(); i++) {
      long before = frames.get(i - 1).sequence;
      if (frames.get(i).sequence != before + 1) {
        gaps.add(frames.get(i).sequence + " after " + before);
      }
    }
    return gaps;
  }

  @Override
  public void close() {
    tail.close();
  }
}
