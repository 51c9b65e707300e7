package io.saccade.bench.camera;

import io.saccade.quickstart.Tail;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * From the instant in the picture to its coming out of Kafka, which is after its acknowledgement:
 * encoding by the camera, RTSP, decoding, encoding to JPEG, Kafka.
 */
final class TrueLatency {
  private static final int CAMERAS = 10;
  private static final int FPS = 10;

  private final Stage stage;
  private final CameraBenchOptions options;
  private final List<Double> latencies = Collections.synchronizedList(new ArrayList<>());
  private final List<Double> errors = Collections.synchronizedList(new ArrayList<>());

  TrueLatency(Stage stage, CameraBenchOptions options) {
    this.stage = stage;
    this.options = options;
  }

  CameraReport.Latency measure() throws IOException, InterruptedException {
    List<String> mounts =
        IntStream.range(0, CAMERAS).mapToObj(i -> String.format("cam%02d", i)).toList();
    try (RtspServer server = RtspServer.start(mounts, FPS)) {
      Map<String, String> cameras = new LinkedHashMap<>();
      mounts.forEach(mount -> cameras.put(mount, "url: \"%s\"".formatted(server.url(mount))));
      try (CameraProgram program = stage.run(cameras)) {
        // The pictures that were waiting when a camera was connected are over.
        Thread.sleep(2_000);
        try (Tail tail = Tail.from(stage.brokers(), List.of(Topics.DEFAULT.frames()), this::note)) {
          Thread.sleep(options.seconds() * 1000L);
          tail.requireAlive();
        }
        program.terminate();
      }
    }
    return new CameraReport.Latency(
        CAMERAS,
        latencies.size(),
        Figures.percentile(latencies, 0.5),
        Figures.percentile(latencies, 0.99),
        Figures.percentile(latencies, 1),
        Figures.percentile(errors, 0.5),
        Figures.percentile(errors, 0.99));
  }

  private void note(ConsumerRecord<byte[], byte[]> record) {
    long now = System.currentTimeMillis();
    try {
      OptionalLong made = BurntClock.read(record.value(), now);
      if (made.isPresent()) {
        latencies.add((double) (now - made.getAsLong()));
        errors.add((double) Math.abs(record.timestamp() - made.getAsLong()));
      }
    } catch (IOException e) {
      throw new IllegalStateException("a frame must be a JPEG, but was not", e);
    }
  }
}
