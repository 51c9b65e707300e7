package io.saccade.bench.camera;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Cameras that fail, all at the same time and each in its own way, beside one that does not. They
 * stay away for longer and longer, so that attempts are in every state when they come back. The
 * black hole needs root; without, it is left out.
 */
final class Faults {
  private static final int FPS = 10;
  private static final Duration NOTICE = Duration.ofSeconds(20);
  private static final Duration BACK = Duration.ofSeconds(30);
  private static final long FIRST_AWAY_MILLIS = 4_000;
  private static final long MORE_AWAY_MILLIS = 3_700;

  private final Stage stage;
  private final CameraBenchOptions options;
  private final PrintStream out;

  Faults(Stage stage, CameraBenchOptions options, PrintStream out) {
    this.stage = stage;
    this.options = options;
    this.out = out;
  }

  CameraReport.Faults measure() throws IOException, InterruptedException {
    Path pictures = stage.pictures(320, 240);
    try (RtspServer steady = RtspServer.start(List.of("steady", "silent"), FPS);
        RtspServer killed = RtspServer.start(List.of("killed"), FPS);
        RtspServer frozen = RtspServer.start(List.of("frozen"), FPS);
        MjpegServer web = MjpegServer.start(Map.of("half", pictures), FPS);
        Distant distant = Distant.tried(out)) {
      Map<String, String> cameras = new LinkedHashMap<>();
      cameras.put("steady", url(steady.url("steady")));
      cameras.put("silent", url(steady.url("silent")));
      cameras.put("killed", url(killed.url("killed")));
      cameras.put("frozen", url(frozen.url("frozen")));
      cameras.put("half", url(web.url("half")));
      List<Fault> faults = new ArrayList<>();
      faults.add(new Fault("server killed", "killed", killed::kill, killed::restart));
      faults.add(new Fault("server frozen", "frozen", frozen::freeze, frozen::thaw));
      faults.add(
          new Fault(
              "silence", "silent", () -> steady.silence("silent"), () -> steady.mend("silent")));
      faults.add(
          new Fault("half a frame", "half", () -> web.halve("half"), () -> web.mend("half")));
      if (distant != null) {
        cameras.put("distant", url(distant.server().url("distant")));
        faults.add(
            new Fault(
                "black hole",
                "distant",
                () -> distant.network().swallow(),
                () -> distant.network().release()));
      }
      return measure(cameras, faults);
    }
  }

  private static String url(String url) {
    return "url: \"%s\"".formatted(url);
  }

  private CameraReport.Faults measure(Map<String, String> cameras, List<Fault> faults)
      throws IOException, InterruptedException {
    List<Fault.Outcome> outcomes = new ArrayList<>();
    ExecutorService players = Executors.newCachedThreadPool();
    try (FrameLog frames = FrameLog.counting(stage.brokers());
        CameraProgram program = stage.run(cameras)) {
      for (int round = 0; round < options.rounds(); round++) {
        Duration away = Duration.ofMillis(FIRST_AWAY_MILLIS + round * MORE_AWAY_MILLIS);
        List<Future<Fault.Outcome>> playing = new ArrayList<>();
        for (Fault fault : faults) {
          playing.add(players.submit(() -> fault.play(program, frames, away, NOTICE, BACK)));
        }
        for (Future<Fault.Outcome> played : playing) {
          Fault.Outcome outcome = played.get();
          outcomes.add(outcome);
          out.printf(
              Locale.ROOT,
              "%s: noticed after %.1f s, back after %.1f s%n",
              outcome.what(),
              outcome.noticedSeconds(),
              outcome.backSeconds());
        }
      }
      program.terminate();
      return CameraReport.Faults.of(outcomes, frames.gaps("steady").size());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      players.shutdownNow();
    }
  }

  /** A server behind a network that can swallow everything. */
  private record Distant(BlackHole network, RtspServer server) implements AutoCloseable {
    static @Nullable Distant tried(PrintStream out) throws InterruptedException {
      try {
        BlackHole network = BlackHole.make();
        return new Distant(network, RtspServer.within(network, List.of("distant"), FPS));
      } catch (IOException e) {
        out.println("no black hole, which needs root: " + e.getMessage());
        return null;
      }
    }

    @Override
    public void close() {
      server.close();
      network.close();
    }
  }
}
