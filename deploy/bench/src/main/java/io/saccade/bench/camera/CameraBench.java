package io.saccade.bench.camera;

import io.saccade.quickstart.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.AppInfoParser;

/** Measures what cameras cost, on real servers and a real broker, with the process as it is run. */
public final class CameraBench {
  private static final int STOPS = 3;
  private static final int STOPPED_CAMERAS = 8;

  private final CameraBenchOptions options;
  private final PrintStream out;

  private CameraBench(CameraBenchOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Measures, telling how far it is. */
  public static CameraReport run(CameraBenchOptions options, PrintStream out)
      throws IOException, InterruptedException {
    return new CameraBench(options, out).measure();
  }

  private CameraReport measure() throws IOException, InterruptedException {
    try (Stage stage = Stage.set()) {
      CameraReport.Latency latency = new TrueLatency(stage, options).measure();
      out.printf(
          Locale.ROOT,
          "picture to Kafka: p50 %.0f ms, p99 %.0f ms%n",
          latency.p50(),
          latency.p99());
      CameraReport.Passthrough passthrough = new MjpegPassthrough(stage, options).measure();
      out.printf(Locale.ROOT, "MJPEG: %.3f ms CPU a frame%n", passthrough.cpuMillisPerFrame());
      CameraReport.Many many = new ManyCameras(stage, options, out).measure();
      CameraReport.Reconnects reconnects = new ManyReconnects(stage, options, out).measure();
      List<Double> stops = new ArrayList<>();
      int left = 0;
      for (int stop = 0; stop < STOPS; stop++) {
        left += stop(stage, stops);
      }
      return new CameraReport(
          many,
          passthrough,
          latency,
          reconnects,
          Figures.median(stops),
          left,
          Machine.description(),
          Map.of(
              "ffmpeg", version(),
              "kafka", AppInfoParser.getVersion(),
              "java", System.getProperty("java.version")));
    }
  }

  /** Tells how many children are left after an orderly end. */
  private static int stop(Stage stage, List<Double> seconds)
      throws IOException, InterruptedException {
    List<String> mounts =
        IntStream.range(0, STOPPED_CAMERAS).mapToObj(i -> String.format("cam%02d", i)).toList();
    try (RtspServer server = RtspServer.start(mounts, 10)) {
      Map<String, String> cameras = new LinkedHashMap<>();
      mounts.forEach(mount -> cameras.put(mount, "url: \"%s\"".formatted(server.url(mount))));
      try (CameraProgram program = stage.run(cameras)) {
        List<ProcessHandle> children = program.children();
        seconds.add(program.terminate());
        return (int) children.stream().filter(ProcessHandle::isAlive).count();
      }
    }
  }

  private String version() throws IOException {
    Process asked = new ProcessBuilder(options.ffmpeg().toString(), "-version").start();
    try (var lines = asked.inputReader()) {
      String first = lines.readLine();
      return first == null ? "unknown" : first.replaceFirst("ffmpeg version (\\S+).*", "$1");
    } finally {
      asked.destroy();
    }
  }
}
