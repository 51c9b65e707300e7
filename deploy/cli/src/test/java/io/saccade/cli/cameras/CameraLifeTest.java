package io.saccade.cli.cameras;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.bench.camera.CameraProgram;
import io.saccade.bench.camera.FrameLog;
import io.saccade.bench.camera.MjpegServer;
import io.saccade.bench.camera.Waiting;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.TopicPlan;
import io.saccade.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A camera process that is killed, told of changes, stopped, and left without its broker. */
@Timeout(240)
class CameraLifeTest {
  /** So that the pictures come by way of a child. */
  private static final String DECODED = "width: 320";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void requireServers() {
    Needs.PYTHON.require();
  }

  private CameraProgram program(Path config, String brokers, String run) throws Exception {
    return CameraProgram.start(
        folder.resolve(run),
        Map.of(),
        List.of("--config", config.toString(), "--brokers", brokers, "--health-port", "0"));
  }

  private MjpegServer web() throws Exception {
    Path pictures = Jpegs.folder(folder.resolve("pictures"), 320, 240);
    return MjpegServer.start(Map.of("a", pictures, "b", pictures, "c", pictures), 10);
  }

  private static boolean gone(List<ProcessHandle> children) {
    return children.stream().noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void afterAKillNoChildIsLeftAndTheNumbersGoOn() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        MjpegServer web = web()) {
      TopicPlan.passing(1).create(broker.address());
      Path config =
          new CamerasYaml().camera("a", web.url("a"), DECODED).write(folder.resolve("c.yaml"));
      try (FrameLog frames = FrameLog.from(broker.address(), Topics.DEFAULT.frames())) {
        try (CameraProgram first = program(config, broker.address(), "first")) {
          Waiting.until("frames come", PATIENCE, () -> frames.count("a") > 20);
          List<ProcessHandle> children = first.children();
          assertThat(children).isNotEmpty();

          first.kill();

          double seconds = Waiting.until("no child is left", PATIENCE, () -> gone(children));
          System.out.printf("killed: children gone after %.1f s%n", seconds);
          assertThat(seconds).isLessThan(5);
        }
        int before = frames.count("a");
        try (CameraProgram second = program(config, broker.address(), "second")) {
          Waiting.until("frames come again", PATIENCE, () -> frames.count("a") > before + 10);
          List<ProcessHandle> children = second.children();

          double seconds = second.terminate();

          System.out.printf("stopped after %.1f s%n", seconds);
          assertThat(seconds).isLessThan(6);
          assertThat(gone(children)).isTrue();
        }
        int after = frames.count("a");
        try (CameraProgram third = program(config, broker.address(), "third")) {
          Waiting.until("frames come once more", PATIENCE, () -> frames.count("a") > after + 10);
          assertThat(third.alive()).isTrue();
        }
        List<Long> numbers = frames.of("a").stream().map(FrameLog.Seen::sequence).toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(numbers.get(after) - numbers.get(after - 1))
            .as("an orderly end gives back the numbers that were reserved")
            .isLessThan(20);
      }
    }
  }

  @Test
  void aChangedFileTouchesOnlyTheCamerasConcernedAndAFaultyOneNone() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        MjpegServer web = web()) {
      TopicPlan.passing(1).create(broker.address());
      CamerasYaml yaml =
          new CamerasYaml()
              .camera("a", web.url("a"), DECODED)
              .camera("b", web.url("b"), "fps: 5", DECODED);
      Path config = yaml.write(folder.resolve("c.yaml"));
      try (FrameLog frames = FrameLog.from(broker.address(), Topics.DEFAULT.frames());
          CameraProgram program = program(config, broker.address(), "run")) {
        Waiting.until(
            "frames come", PATIENCE, () -> frames.count("a") > 10 && frames.count("b") > 5);
        Set<Long> before = pids(program);

        new CamerasYaml().camera("a", "nonsense://x").write(config);
        Waiting.until("the fault is told", PATIENCE, () -> program.said().contains("nonsense"));
        assertThat(pids(program)).isEqualTo(before);

        yaml.camera("b", web.url("b"), "fps: 2", DECODED)
            .camera("c", web.url("c"), DECODED)
            .write(config);
        program.hangUp();
        Waiting.until("c sends", PATIENCE, () -> frames.count("c") > 5);
        Set<Long> both = pids(program);
        both.retainAll(before);
        assertThat(both).as("the child of a, which did not change").hasSize(1);

        int soFar = frames.count("a");
        Waiting.until("a goes on", PATIENCE, () -> frames.count("a") > soFar + 10);
        assertThat(frames.gaps("a")).isEmpty();
        assertThat(frames.of("b").stream().map(FrameLog.Seen::sequence))
            .isSorted()
            .doesNotHaveDuplicates();
      }
    }
  }

  private static Set<Long> pids(CameraProgram program) {
    return program.children().stream().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  @Test
  void aBrokerThatIsAwayCostsFramesButNothingOldComesAfterwards() throws Exception {
    int port = EmbeddedBroker.freePort();
    Path records = folder.resolve("kafka");
    List<Long> late = new ArrayList<>();
    try (MjpegServer web = web()) {
      Path config =
          new CamerasYaml()
              .camera("a", web.url("a"))
              .camera("b", web.url("b"))
              .write(folder.resolve("c.yaml"));
      // It has to wait for its broker already at the start.
      try (CameraProgram program = program(config, "127.0.0.1:" + port, "run")) {
        Waiting.until(
            "it says that it waits", PATIENCE, () -> program.said().contains("Waiting for Kafka"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(records, port)) {
          TopicPlan.passing(1).create(broker.address());
          try (FrameLog frames = FrameLog.from(broker.address(), Topics.DEFAULT.frames())) {
            Waiting.until("frames come", PATIENCE, () -> frames.count("a") > 20);
          }
        }
        Waiting.until(
            "frames are dropped",
            PATIENCE,
            () -> dropped(program, "late") + dropped(program, "not-taken") > 30);
        Waiting.until(
            "it is no longer ready",
            PATIENCE,
            () -> page(program, "/readyz").contains("no broker has answered"));
        long back = System.currentTimeMillis();
        try (EmbeddedBroker broker = EmbeddedBroker.start(records, port);
            FrameLog frames = FrameLog.from(broker.address(), Topics.DEFAULT.frames())) {
          long up = System.currentTimeMillis();
          double seconds = Waiting.until("frames come", PATIENCE, () -> frames.count("a") > 0);
          System.out.printf(
              "broker back: frames %.1f s after it answered (%d ms to start)%n",
              seconds, up - back);
          assertThat(seconds).isLessThan(10);
          Waiting.until("frames flow", PATIENCE, () -> frames.count("b") > 30);
          frames.of("a").forEach(seen -> late.add(back - seen.capturedMillis()));
        }
        assertThat(page(program, "/healthz")).isEqualTo("ok\n");
      }
    }
    assertThat(late).as("ages of frames when the broker was back").allMatch(age -> age < 8_000);
  }

  private static String page(CameraProgram program, String path) {
    try {
      return program.page(path);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double dropped(CameraProgram program, String reason) {
    try {
      return program.metric(
          "saccade_camera_dropped_total{camera=\"a\",reason=\"%s\"}".formatted(reason));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
