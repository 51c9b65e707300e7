package io.saccade.bench.camera;

import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.TopicPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Eight HTTP cameras at 720p whose broker goes away for a minute and comes back. */
final class BrokerOutage {
  private static final int CAMERAS = 8;
  private static final int FPS = 25;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> DROPS = List.of("late", "unreadable", "displaced", "not-taken");

  private final Stage stage;
  private final CameraBenchOptions options;
  private final PrintStream out;
  private final List<String> ids = IntStream.range(0, CAMERAS).mapToObj(i -> "mjpeg" + i).toList();

  BrokerOutage(Stage stage, CameraBenchOptions options, PrintStream out) {
    this.stage = stage;
    this.options = options;
    this.out = out;
  }

  CameraReport.Outage measure() throws IOException, InterruptedException {
    Path pictures = stage.pictures(1280, 720);
    Path records = stage.folder("outage");
    int port = EmbeddedBroker.freePort();
    Map<String, Path> folders = new LinkedHashMap<>();
    ids.forEach(id -> folders.put(id, pictures));
    EmbeddedBroker broker = EmbeddedBroker.start(records, port);
    try (MjpegServer server = MjpegServer.start(folders, FPS)) {
      TopicPlan.passing(1).create(broker.address());
      Map<String, String> cameras = new LinkedHashMap<>();
      ids.forEach(id -> cameras.put(id, "url: \"%s\"".formatted(server.url(id))));
      try (CameraProgram program = stage.run(cameras, broker.address())) {
        // The heap has the size that it needs.
        Thread.sleep(options.warmUpSeconds() * 1000L);
        double before = Proc.residentMegabytes(program.pid());
        double most = before;
        double dropped = dropped(program);
        broker.close();
        long end = System.nanoTime() + options.outageSeconds() * 1_000_000_000L;
        while (System.nanoTime() < end) {
          Thread.sleep(1_000);
          most = Math.max(most, Proc.residentMegabytes(program.pid()));
        }
        broker = EmbeddedBroker.start(records, port);
        double back = awaitFlow(broker, program);
        double lost = dropped(program) - dropped;
        program.terminate();
        out.printf(
            Locale.ROOT,
            "broker away for %d s: %.0f frames dropped, memory from %.0f to %.0f MB, back after %.1f s%n",
            options.outageSeconds(),
            lost,
            before,
            most,
            back);
        return new CameraReport.Outage(
            options.outageSeconds(), (long) lost, before, most, most / before - 1, back);
      }
    } finally {
      broker.close();
    }
  }

  /** Until each camera's frames come out of the broker again, seconds from its first answer. */
  private double awaitFlow(EmbeddedBroker broker, CameraProgram program)
      throws InterruptedException {
    try (FrameLog frames = FrameLog.counting(broker.address())) {
      return Waiting.until(
          () -> "frames of every camera come, not: " + program.said(),
          PATIENCE,
          () -> ids.stream().allMatch(id -> frames.count(id) > 0));
    }
  }

  private double dropped(CameraProgram program) throws InterruptedException {
    double dropped = 0;
    for (String id : ids) {
      for (String reason : DROPS) {
        dropped +=
            program.metric(
                "saccade_camera_dropped_total{camera=\"%s\",reason=\"%s\"}".formatted(id, reason));
      }
    }
    return dropped;
  }
}
