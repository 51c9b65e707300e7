package io.saccade.bench.camera;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Eight HTTP cameras at 720p and 25 frames a second, whose JPEGs are handed on as they come. */
final class MjpegPassthrough {
  private static final int CAMERAS = 8;
  private static final int FPS = 25;
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  private final Stage stage;
  private final CameraBenchOptions options;

  MjpegPassthrough(Stage stage, CameraBenchOptions options) {
    this.stage = stage;
    this.options = options;
  }

  CameraReport.Passthrough measure() throws IOException, InterruptedException {
    Path pictures = stage.pictures(WIDTH, HEIGHT);
    List<String> ids = IntStream.range(0, CAMERAS).mapToObj(i -> "mjpeg" + i).toList();
    Map<String, Path> folders = new LinkedHashMap<>();
    ids.forEach(id -> folders.put(id, pictures));
    List<Double> millis = new ArrayList<>();
    long frames = 0;
    try (MjpegServer server = MjpegServer.start(folders, FPS)) {
      Map<String, String> cameras = new LinkedHashMap<>();
      ids.forEach(id -> cameras.put(id, "url: \"%s\"".formatted(server.url(id))));
      try (FrameLog log = FrameLog.counting(stage.brokers());
          CameraProgram program = stage.run(cameras)) {
        Thread.sleep(options.warmUpSeconds() * 1000L);
        for (int round = 0; round < options.rounds(); round++) {
          double before = program.cpuSeconds();
          long counted = frames(log, ids);
          Thread.sleep(options.seconds() * 1000L);
          long more = frames(log, ids) - counted;
          millis.add((program.cpuSeconds() - before) * 1e3 / more);
          frames += more;
        }
        program.terminate();
      }
    }
    return new CameraReport.Passthrough(
        WIDTH + "x" + HEIGHT + " MJPEG",
        options.warmUpSeconds(),
        frames,
        Figures.median(millis),
        Figures.spread(millis));
  }

  private static long frames(FrameLog log, List<String> ids) {
    return ids.stream().mapToLong(log::count).sum();
  }
}
