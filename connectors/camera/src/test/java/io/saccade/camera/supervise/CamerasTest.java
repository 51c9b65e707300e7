package io.saccade.camera.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.camera.AnsweringCamera;
import io.saccade.camera.CameraCounts;
import io.saccade.camera.CameraRoll;
import io.saccade.camera.CameraState;
import io.saccade.camera.CapturedFrame;
import io.saccade.camera.Clock;
import io.saccade.camera.FrameSink;
import io.saccade.camera.Sequence;
import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.CameraSettings.Transport;
import io.saccade.camera.config.CameraUrl;
import io.saccade.camera.source.ChildOpener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With real children: a shell script in FFmpeg's place, that does as the URL it is given says. */
@Timeout(60)
class CamerasTest {
  private static final String SCRIPT =
      """
      #!/bin/sh
      url=$(sed -n "s/^file '\\(.*\\)'$/\\1/p")
      head() { printf '\\0\\nSMJPEG\\0\\0\\0\\0\\0\\0\\0\\0HEND'; }
      frame() { printf 'vidD\\0\\0\\0\\001\\0\\0\\0\\003\\377\\330x'; }
      case $url in
        */live) head; while frame; do sleep 0.02; done ;;
        */silent) exec sleep 1000 ;;
        */stalls) head; frame; frame; exec sleep 1000 ;;
        */ends) head; frame; echo "[rtsp @ 0x1] [error] $url: bye" >&2; exit 1 ;;
        */denied) echo "[error] $url: Server returned 401 Unauthorized" >&2; exit 1 ;;
        */nonsense) head; frame; printf 'what is this?'; exec sleep 1000 ;;
      esac
      """;

  @TempDir Path folder;

  private final CameraRoll roll = new CameraRoll(Clock.SYSTEM);
  private final Map<String, Sequence> sequences = new ConcurrentHashMap<>();
  private final List<CapturedFrame> frames = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private @Nullable Cameras running;
  private @Nullable AnsweringCamera answering;

  @BeforeEach
  void writeTheScript() throws IOException {
    answering = AnsweringCamera.start();
    Path script = Files.writeString(folder.resolve("ffmpeg"), SCRIPT);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    running =
        new Cameras(
            new ChildOpener(script), frameSink(), roll, this::sequence, Clock.SYSTEM, said::add);
  }

  @AfterEach
  void leavesNoChildBehind() throws IOException {
    cameras().close();
    assertThat(children()).isZero();
    answering().close();
  }

  private AnsweringCamera answering() {
    return Objects.requireNonNull(answering);
  }

  private Cameras cameras() {
    return Objects.requireNonNull(running);
  }

  private FrameSink frameSink() {
    return new FrameSink() {
      @Override
      public void send(CapturedFrame frame, Receipt receipt) {
        frames.add(frame);
        receipt.acknowledged();
      }

      @Override
      public void close() {}
    };
  }

  private Sequence sequence(String camera) {
    return sequences.computeIfAbsent(camera, id -> new Sequence(100));
  }

  private CameraSettings camera(String id, String does) {
    return camera(id, answering().port(), does);
  }

  private static CameraSettings camera(String id, int port, String does) {
    return new CameraSettings(
        id,
        CameraUrl.of("rtsp://bob:geheim@127.0.0.1:%d/%s".formatted(port, does)),
        Transport.TCP,
        null,
        null,
        null,
        null,
        Duration.ofMillis(500),
        Duration.ofMillis(600),
        false,
        true);
  }

  private CameraCounts counts(String id) {
    return roll.enroll(id);
  }

  private CameraState state(String id) {
    return counts(id).condition().state();
  }

  private long framesOf(String id) {
    return frames.stream().filter(frame -> frame.camera().equals(id)).count();
  }

  private static long children() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
  }

  private static void await(String what, BooleanSupplier holds) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  @Test
  void handsFramesOnWithNumbersThatHaveNoGap() throws Exception {
    cameras().apply(List.of(camera("yard", "live")));
    await("twenty frames", () -> framesOf("yard") >= 20);

    assertThat(state("yard")).isEqualTo(CameraState.LIVE);
    for (int i = 0; i < 20; i++) {
      assertThat(frames.get(i).sequence()).isEqualTo(100 + i);
      assertThat(frames.get(i).streamMillis()).hasValue(1);
    }
  }

  @Test
  void opensACameraAgainThatEndsAndGoesOnWithItsNumbers() throws Exception {
    cameras().apply(List.of(camera("yard", "ends")));
    await("three attempts", () -> framesOf("yard") >= 3);

    assertThat(frames).extracting(CapturedFrame::sequence).startsWith(100L, 101L, 102L);
    assertThat(counts("yard").reconnects()).isGreaterThanOrEqualTo(2);
    assertThat(counts("yard").losses()).isGreaterThanOrEqualTo(2);
    assertThat(said)
        .contains(
            "yard is retrying: broke off: rtsp://***@127.0.0.1:%d/ends: bye"
                .formatted(answering().port()));
  }

  @Test
  void killsAChildThatSendsNothingMore() throws Exception {
    cameras().apply(List.of(camera("yard", "stalls")));
    await("two stalls", () -> counts("yard").stalls() >= 2);

    assertThat(framesOf("yard")).isGreaterThanOrEqualTo(4);
    assertThat(said).contains("yard is stalled: no frame for 500ms");
    assertThat(children()).isLessThanOrEqualTo(1);
  }

  @Test
  void givesUpAnAttemptThatBringsNoFrame() throws Exception {
    cameras().apply(List.of(camera("yard", "silent")));
    await("two attempts", () -> counts("yard").reconnects() >= 2);

    assertThat(counts("yard").stalls()).isZero();
    assertThat(counts("yard").losses()).as("it was never there").isZero();
    assertThat(said).contains("yard is retrying: no frame within 600ms");
  }

  @Test
  void beginsNoChildForACameraThatDoesNotAnswerAndOneAsSoonAsItDoes() throws Exception {
    try (AnsweringCamera dumb = AnsweringCamera.dumb()) {
      cameras().apply(List.of(camera("yard", dumb.port(), "live")));
      await("two attempts", () -> counts("yard").reconnects() >= 2);

      assertThat(said).contains("yard is retrying: no answer in time");
      assertThat(counts("yard").losses()).isZero();
      assertThat(children()).isZero();

      dumb.speak();

      await("frames", () -> framesOf("yard") > 0);
    }
  }

  @Test
  void connectsAnewWhenTheChildTalksNonsense() throws Exception {
    cameras().apply(List.of(camera("yard", "nonsense")));
    await("two attempts", () -> framesOf("yard") >= 2);

    assertThat(said)
        .anySatisfy(it -> assertThat(it).startsWith("yard is retrying: broke off: expected vidD"));
  }

  @Test
  void saysOnceThatCredentialsAreRefusedAndDoesNotAskAgainSoon() throws Exception {
    cameras().apply(List.of(camera("yard", "denied"), camera("gate", "live")));
    await("refusal", () -> state("yard") == CameraState.REFUSED);
    await("frames of the other", () -> framesOf("gate") >= 100);

    assertThat(counts("yard").reconnects()).isZero();
    assertThat(said).filteredOn(it -> it.startsWith("yard is refused")).hasSize(1);
    assertThat(said).noneMatch(it -> it.contains("geheim"));
    assertThat(counts("yard").condition().reason()).contains("user name or password refused");
  }

  @Test
  void changesOnlyTheCamerasConcerned() throws Exception {
    cameras().apply(List.of(camera("a", "live"), camera("b", "live"), camera("c", "live")));
    await("all live", () -> framesOf("a") > 0 && framesOf("b") > 0 && framesOf("c") > 0);

    Cameras.Change change =
        cameras().apply(List.of(camera("a", "live"), camera("b", "ends"), camera("d", "live")));

    assertThat(change).isEqualTo(new Cameras.Change(1, 1, 1, 1));
    await("the new one live", () -> state("d") == CameraState.LIVE);
    await("frames go on", () -> framesOf("a") > 50);
    assertThat(counts("a").reconnects()).isZero();
    assertThat(said).filteredOn(it -> it.startsWith("a is starting")).hasSize(1);
    assertThat(roll.all()).extracting(CameraCounts::camera).containsExactly("a", "b", "d");
  }

  @Test
  void opensACameraAgainAfterAFaultOfOursAndSaysWhenItsThreadDies() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (Cameras faulty =
        new Cameras(
            camera -> {
              if (attempts.incrementAndGet() < 2) {
                throw new IllegalStateException("geheim");
              }
              throw new AssertionError("geheim");
            },
            frameSink(),
            roll,
            this::sequence,
            Clock.SYSTEM,
            said::add)) {
      faulty.apply(List.of(camera("yard", "live")));
      await("its death", () -> faulty.dead().isPresent());

      assertThat(faulty.dead()).hasValue("yard has stopped for good: AssertionError");
      assertThat(state("yard")).isEqualTo(CameraState.STOPPED);
      assertThat(said)
          .contains("yard is retrying: broke off: IllegalStateException")
          .noneMatch(it -> it.contains("geheim"));
    }
  }

  @Test
  void stopsAllSoonWhateverTheyDo() throws Exception {
    cameras()
        .apply(
            List.of(
                camera("a", "live"),
                camera("b", "silent"),
                camera("c", "denied"),
                camera("d", "stalls")));
    await("one live", () -> framesOf("a") > 0);
    await("one refused", () -> state("c") == CameraState.REFUSED);
    long start = System.nanoTime();

    cameras().close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(children()).isZero();
    assertThat(state("a")).isEqualTo(CameraState.STOPPED);
  }
}
