package io.saccade.bench.camera;

import io.saccade.quickstart.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

  /** Measures some parts alone, telling what comes out. */
  public static void run(Set<Part> parts, CameraBenchOptions options, PrintStream out)
      throws IOException, InterruptedException {
    CameraBench bench = new CameraBench(options, out);
    try (Stage stage = Stage.set()) {
      for (Part part : parts) {
        switch (part) {
          case LATENCY -> bench.latency(stage);
          case MJPEG -> bench.passthrough(stage);
          case MANY -> new ManyCameras(stage, options, out).measure();
          case RECONNECTS -> new ManyReconnects(stage, options, out).measure();
          case FAULTS -> new Faults(stage, options, out).measure();
          case OUTAGE -> new BrokerOutage(stage, options, out).measure();
          case STOP -> bench.stops(stage);
        }
      }
    }
  }

  private CameraReport measure() throws IOException, InterruptedException {
    try (Stage stage = Stage.set()) {
      CameraReport.Latency latency = latency(stage);
      CameraReport.Passthrough passthrough = passthrough(stage);
      CameraReport.Many many = new ManyCameras(stage, options, out).measure();
      CameraReport.Reconnects reconnects = new ManyReconnects(stage, options, out).measure();
      CameraReport.Faults faults = new Faults(stage, options, out).measure();
      CameraReport.Outage outage = new BrokerOutage(stage, options, out).measure();
      Stops stops = stops(stage);
      return new CameraReport(
          many,
          passthrough,
          latency,
          reconnects,
          faults,
          outage,
          Figures.median(stops.seconds),
          stops.left,
          Machine.description(),
          Map.of(
              "ffmpeg", version(),
              "kafka", AppInfoParser.getVersion(),
              "java", System.getProperty("java.version")));
    }
  }

  private CameraReport.Latency latency(Stage stage) throws IOException, InterruptedException {
    CameraReport.Latency latency = new TrueLatency(stage, options).measure();
    out.printf(
        Locale.ROOT,
        "picture to Kafka: p50 %.0f ms, p99 %.0f ms; capture time off by %.0f ms (median)%n",
        latency.p50(),
        latency.p99(),
        latency.captureErrorP50());
    return latency;
  }

  private CameraReport.Passthrough passthrough(Stage stage)
      throws IOException, InterruptedException {
    CameraReport.Passthrough passthrough = new MjpegPassthrough(stage, options).measure();
    out.printf(
        Locale.ROOT,
        "MJPEG: %.3f ms CPU a frame, after %d s of warming up%n",
        passthrough.cpuMillisPerFrame(),
        passthrough.warmUpSeconds());
    return passthrough;
  }

  private record Stops(List<Double> seconds, int left) {}

  private Stops stops(Stage stage) throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    int left = 0;
    for (int stop = 0; stop < STOPS; stop++) {
      left += stop(stage, seconds);
    }
    out.printf(Locale.ROOT, "stopped in %s s, %d children left%n", seconds, left);
    return new Stops(seconds, left);
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
