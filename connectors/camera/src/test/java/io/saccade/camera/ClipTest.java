package io.saccade.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.camera.ffmpeg.VideoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTest {
  private static final int BOLT_FRAMES = 126;

  @TempDir Path folder;

  @Test
  void knowsWhatItShowsByItsName() throws IOException {
    try (Clip bolt = Samples.bolt();
        Clip tag = Samples.luggageTag()) {
      assertThat(bolt.name()).isEqualTo("bolt-012169");
      assertThat(bolt.knownClass()).isEqualTo("bolt");
      assertThat(tag.knownClass()).isEqualTo("luggage_tag");
    }
  }

  @Test
  void showsTheFirstFrameAfterTheLast() throws IOException {
    try (Clip clip = Samples.bolt()) {
      assertThat(clip.jpeg(BOLT_FRAMES)).isSameAs(clip.jpeg(0));
      assertThat(clip.jpeg(BOLT_FRAMES * 1_000_000_000L + 7)).isSameAs(clip.jpeg(7));
      assertThat(clip.jpeg(0)).isNotEqualTo(clip.jpeg(7));
    }
  }

  @Test
  void letsGoOfTheFileOnceEveryFrameIsRead() throws IOException {
    try (Clip clip = Samples.bolt()) {
      clip.jpeg(BOLT_FRAMES - 1);
      assertThat(VideoFile.openNatives()).isPositive();

      clip.jpeg(BOLT_FRAMES);

      assertThat(VideoFile.openNatives()).isZero();
    }
  }

  @Test
  void transcodesEachFrameOnceForAllWhoAsk() throws Exception {
    ExecutorService viewers = Executors.newFixedThreadPool(8);
    try (Clip clip = Samples.bolt()) {
      List<Callable<List<byte[]>>> views = new ArrayList<>();
      for (int viewer = 0; viewer < 8; viewer++) {
        views.add(
            () -> {
              List<byte[]> seen = new ArrayList<>();
              for (int i = 0; i < 40; i++) {
                seen.add(clip.jpeg(i));
              }
              return seen;
            });
      }
      List<byte[]> kept = views.get(0).call();

      for (Future<List<byte[]>> view : viewers.invokeAll(views)) {
        List<byte[]> seen = view.get();
        for (int i = 0; i < seen.size(); i++) {
          assertThat(seen.get(i)).isSameAs(kept.get(i));
        }
      }
    } finally {
      viewers.shutdownNow();
    }
  }

  @Test
  void stillShowsWhatItHasReadAfterClosing() throws IOException {
    Clip clip = Samples.bolt();
    byte[] third = clip.jpeg(2);

    clip.close();

    assertThat(clip.jpeg(5)).isSameAs(third);
    assertThat(VideoFile.openNatives()).isZero();
  }

  @Test
  void refusesAFileWithoutAPicture() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.mp4"));

    assertThatThrownBy(() -> new Clip(empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("empty.mp4");
    assertThat(VideoFile.openNatives()).isZero();
  }
}
