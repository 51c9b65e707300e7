package io.saccade.bench.camera;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Eight RTSP cameras whose server ends their connections again and again. */
final class ManyReconnects {
  private static final int CAMERAS = 8;
  private static final int FPS = 10;
  private static final Duration BACK = Duration.ofSeconds(60);

  private final Stage stage;
  private final CameraBenchOptions options;
  private final PrintStream out;
  private final List<String> mounts =
      IntStream.range(0, CAMERAS).mapToObj(i -> String.format("cam%02d", i)).toList();

  ManyReconnects(Stage stage, CameraBenchOptions options, PrintStream out) {
    this.stage = stage;
    this.options = options;
    this.out = out;
  }

  CameraReport.Reconnects measure() throws IOException, InterruptedException {
    List<Double> resident = new ArrayList<>();
    List<Double> back = new ArrayList<>();
    try (RtspServer server = RtspServer.start(mounts, FPS)) {
      Map<String, String> cameras = new LinkedHashMap<>();
      mounts.forEach(mount -> cameras.put(mount, "url: \"%s\"".formatted(server.url(mount))));
      try (CameraProgram program = stage.run(cameras)) {
        long threads = Proc.threads(program.pid());
        int children = program.children().size();
        int rounds = (options.reconnects() + CAMERAS - 1) / CAMERAS;
        for (int round = 1; round <= rounds; round++) {
          back.add(breakAll(server, program));
          out.printf(
              Locale.ROOT,
              "%d of %d: all connections broken, back after %.1f s%n",
              round,
              rounds,
              back.get(round - 1));
          resident.add(program.residentMegabytes());
        }
        long reconnects = 0;
        for (String mount : mounts) {
          reconnects += reconnects(program, mount);
        }
        List<Double> quarters = quarters(resident);
        CameraReport.Reconnects measured =
            new CameraReport.Reconnects(
                reconnects,
                Figures.median(back),
                Figures.percentile(back, 1),
                quarters,
                quarters.get(3) / quarters.get(1) - 1,
                threads,
                Proc.threads(program.pid()),
                children,
                program.children().size());
        program.terminate();
        return measured;
      }
    }
  }

  /** Seconds until frames of all cameras come again. */
  private double breakAll(RtspServer server, CameraProgram program)
      throws IOException, InterruptedException {
    Map<String, Long> before = new LinkedHashMap<>();
    for (String mount : mounts) {
      before.put(mount, reconnects(program, mount));
    }
    server.kick();
    return Waiting.until(
        "every camera is back",
        BACK,
        () ->
            mounts.stream()
                .allMatch(
                    mount ->
                        reconnects(program, mount) > before.getOrDefault(mount, 0L)
                            && program.up(mount)));
  }

  private static long reconnects(CameraProgram program, String mount) {
    try {
      return (long)
          program.metric("saccade_camera_reconnects_total{camera=\"%s\"}".formatted(mount));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Means of each quarter. */
  private static List<Double> quarters(List<Double> all) {
    List<Double> quarters = new ArrayList<>();
    for (int quarter = 0; quarter < 4; quarter++) {
      int from = all.size() * quarter / 4;
      int to = Math.max(from + 1, all.size() * (quarter + 1) / 4);
      quarters.add(
          Figures.mean(all.subList(Math.min(from, all.size() - 1), Math.min(to, all.size()))));
    }
    return quarters;
  }
}
