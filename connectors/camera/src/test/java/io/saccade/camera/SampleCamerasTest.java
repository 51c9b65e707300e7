package io.saccade.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.camera.ffmpeg.VideoFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SampleCamerasTest {
  private static final String FIRST = "camera-00";
  private static final String THIRD = "camera-02";

  @AfterEach
  void leavesNothingNativeBehind() {
    assertThat(VideoFile.openNatives()).isZero();
  }

  @Test
  void namesTheCamerasAndWhatTheyShow() throws Exception {
    ScriptedClock clock = new ScriptedClock(10);
    try (SampleCameras cameras = played(clock, 3, 10, new RecordingSink())) {
      assertThat(cameras.cameras())
          .containsExactly(
              new SampleCamera(FIRST, "bolt-012169", "bolt"),
              new SampleCamera("camera-01", "luggage_tag-020964", "luggage_tag"),
              new SampleCamera(THIRD, "bolt-012169", "bolt"));
    }
  }

  @Test
  void sendsEveryFrameAtItsTimeWithoutGaps() throws Exception {
    ScriptedClock clock = new ScriptedClock(1000);
    RecordingSink sink = new RecordingSink();
    try (SampleCameras cameras = played(clock, 2, 15, sink)) {
      List<CapturedFrame> frames = sink.frames(FIRST);

      assertThat(frames).hasSize(15);
      for (int i = 0; i < 15; i++) {
        assertThat(frames.get(i).sequence()).isEqualTo(i);
        assertThat(frames.get(i).contentType()).isEqualTo("image/jpeg");
        assertThat(frames.get(i).capturedMillis() - ScriptedClock.START_MILLIS)
            .isEqualTo(i * 1000 / 15);
      }
      assertThat(cameras.counts()).isEqualTo(new Counts(30, 30, Map.of()));
    }
  }

  @Test
  void spreadsTheCamerasEvenlyOverTheTimeOfAFrame() throws Exception {
    ScriptedClock clock = new ScriptedClock(100);
    RecordingSink sink = new RecordingSink();
    try (SampleCameras cameras = played(clock, 5, 10, sink)) {
      assertThat(sink.frames())
          .extracting(frame -> frame.capturedMillis() - ScriptedClock.START_MILLIS)
          .containsExactly(0L, 20L, 40L, 60L, 80L);
      assertThat(cameras.counts().acknowledged()).isEqualTo(5);
    }
  }

  @Test
  void showsTheSameClipAFewFramesApart() throws Exception {
    ScriptedClock clock = new ScriptedClock(1000);
    RecordingSink sink = new RecordingSink();
    try (SampleCameras cameras = played(clock, 3, 15, sink)) {
      assertThat(cameras.cameras()).hasSize(3);
      assertThat(sink.frames(THIRD).get(0).image()).isSameAs(sink.frames(FIRST).get(5).image());
    }
  }

  @Test
  void playsTheClipAgainFromTheStart() throws Exception {
    ScriptedClock clock = new ScriptedClock(20_000);
    RecordingSink sink = new RecordingSink();
    try (SampleCameras cameras = played(clock, 1, 15, sink)) {
      List<CapturedFrame> frames = sink.frames(FIRST);

      assertThat(frames).hasSize(300);
      assertThat(frames.get(126 + 3).image()).isSameAs(frames.get(3).image());
      assertThat(cameras.counts().sent()).isEqualTo(300);
    }
  }

  @Test
  void leavesOutTheSameNumberOfFramesOfEachCameraAfterAPauseAndCountsThem() throws Exception {
    ScriptedClock clock = new ScriptedClock(2000);
    RecordingSink sink =
        new RecordingSink(
            frame -> {
              if (frame.camera().equals(FIRST) && frame.sequence() == 4) {
                clock.pass(750);
              }
            });
    try (SampleCameras cameras = played(clock, 4, 10, sink)) {
      for (SampleCamera camera : cameras.cameras()) {
        List<CapturedFrame> frames = sink.frames(camera.id());
        assertThat(frames).hasSize(13);
        assertThat(frames)
            .extracting(CapturedFrame::sequence)
            .containsExactlyElementsOf(sequences(camera.id().equals(FIRST) ? 4 : 3));
      }
      assertThat(cameras.counts().sent()).isEqualTo(4 * 13);
      assertThat(cameras.counts().dropped(Drop.LATE)).isEqualTo(4 * 7);
    }
  }

  /** All of 0 to 19 but the seven after the last one before the pause. */
  private static List<Long> sequences(long lastBefore) {
    return LongStream.range(0, 20)
        .filter(sequence -> sequence <= lastBefore || sequence > lastBefore + 7)
        .boxed()
        .toList();
  }

  @Test
  void neverSendsTwoFramesOfACameraAtOnceHoweverSlowTheSinkIs() throws Exception {
    ScriptedClock clock = new ScriptedClock(60_000);
    RecordingSink sink = new RecordingSink(frame -> clock.pass(37));
    try (SampleCameras cameras = played(clock, 4, 15, sink)) {
      List<CapturedFrame> frames = sink.frames(FIRST);
      for (int i = 1; i < frames.size(); i++) {
        assertThat(frames.get(i).capturedMillis() - frames.get(i - 1).capturedMillis())
            .isGreaterThanOrEqualTo(66);
      }
      Counts counts = cameras.counts();
      long shown = counts.sent() + counts.dropped(Drop.LATE);
      assertThat(shown).isBetween(60 * 4 * 15L - 8, 60 * 4 * 15L + 8);
      assertThat(counts.dropped(Drop.LATE)).isPositive();
    }
  }

  @Test
  @Timeout(30)
  void stopsSoonAndClosesWhatItWasGiven() throws Exception {
    CountDownLatch started = new CountDownLatch(20);
    RecordingSink sink = new RecordingSink(frame -> started.countDown());
    SampleCameras cameras = SampleCameras.start(clips(), 40, 15, sink);
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

    cameras.close();

    assertThat(sink.closed()).isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("sample-cameras");
  }

  @Test
  void refusesToStartWithoutClips() {
    assertThatThrownBy(() -> SampleCameras.start(List.of(), 1, 15, new RecordingSink()))
        .hasMessage("clips must be at least one, but were none");
  }

  private static SampleCameras played(
      ScriptedClock clock, int cameras, double framesPerSecond, RecordingSink sink)
      throws IOException, InterruptedException {
    SampleCameras playing = SampleCameras.start(clips(), cameras, framesPerSecond, sink, clock);
    clock.awaitEnd();
    return playing;
  }

  private static List<Clip> clips() throws IOException {
    List<Clip> clips = new ArrayList<>();
    clips.add(Samples.bolt());
    clips.add(Samples.luggageTag());
    return clips;
  }
}
