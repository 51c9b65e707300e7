package io.saccade.bench.camera;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sixteen RTSP cameras to Kafka, in turn with as many plain ffmpeg processes that make the same
 * JPEGs and throw them away.
 */
final class ManyCameras {
  private static final int CAMERAS = 16;
  private static final int FPS = 10;

  private final Stage stage;
  private final CameraBenchOptions options;
  private final PrintStream out;

  ManyCameras(Stage stage, CameraBenchOptions options, PrintStream out) {
    this.stage = stage;
    this.options = options;
    this.out = out;
  }

  CameraReport.Many measure() throws IOException, InterruptedException {
    List<String> mounts =
        IntStream.range(0, CAMERAS).mapToObj(i -> String.format("cam%02d", i)).toList();
    List<Double> ours = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    long frames = 0;
    long dropped = 0;
    long gaps = 0;
    long threads = 0;
    double resident = 0;
    try (RtspServer server = RtspServer.start(mounts, FPS)) {
      Map<String, String> cameras = new LinkedHashMap<>();
      mounts.forEach(mount -> cameras.put(mount, "url: \"%s\"".formatted(server.url(mount))));
      for (int round = 1; round <= options.rounds(); round++) {
        try (FrameLog log = FrameLog.counting(stage.brokers());
            CameraProgram program = stage.run(cameras)) {
          ours.add(cores(program::cpuSeconds) / CAMERAS);
          threads = Proc.threads(program.pid());
          resident = program.residentMegabytes();
          for (String mount : mounts) {
            frames += log.count(mount);
            gaps += log.gaps(mount).size();
            for (String reason : List.of("late", "unreadable", "displaced", "not-taken")) {
              dropped += (long) program.metric(series(mount, reason));
            }
          }
          program.terminate();
        }
        plain.add(plainCores(server, mounts) / CAMERAS);
        ratios.add(ours.get(round - 1) / plain.get(round - 1));
        out.printf(
            Locale.ROOT,
            "round %d of %d: %.4f cores a camera, plain ffmpeg %.4f (%.2f)%n",
            round,
            options.rounds(),
            ours.get(round - 1),
            plain.get(round - 1),
            ratios.get(round - 1));
      }
    }
    return new CameraReport.Many(
        CAMERAS,
        FPS,
        "640x360 H.264",
        frames,
        dropped,
        gaps,
        Figures.median(ours),
        Figures.median(plain),
        Figures.median(ratios),
        Figures.spread(ratios),
        ratios,
        threads,
        resident);
  }

  private static String series(String camera, String reason) {
    return "saccade_camera_dropped_total{camera=\"%s\",reason=\"%s\"}".formatted(camera, reason);
  }

  private double plainCores(RtspServer server, List<String> mounts)
      throws IOException, InterruptedException {
    try (PlainFfmpeg plain = new PlainFfmpeg(options.ffmpeg())) {
      for (String mount : mounts) {
        plain.read(server.url(mount));
      }
      plain.awaitAllReading();
      return cores(plain::cpuSeconds);
    }
  }

  /** CPU seconds so far. */
  interface Spent {
    double seconds();
  }

  private double cores(Spent spent) throws InterruptedException {
    double before = spent.seconds();
    long start = System.nanoTime();
    Thread.sleep(options.seconds() * 1000L);
    double seconds = (System.nanoTime() - start) / 1e9;
    return (spent.seconds() - before) / seconds;
  }
}
