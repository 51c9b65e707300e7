package io.saccade.camera.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.camera.config.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ReloadTest {
  @TempDir Path folder;

  @Test
  void saysOnceWhatFailedAndTriesItAgainUntilItIsDone() throws Exception {
    Path file = Files.writeString(folder.resolve("cameras.yaml"), yaml("a"));
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    AtomicInteger asked = new AtomicInteger();
    Reload.Runs runs =
        wanted -> {
          if (asked.incrementAndGet() <= 2) {
            throw new IllegalStateException("saccade.cameras must be readable");
          }
          return new Cameras.Change(wanted.size(), 0, 0, 0);
        };
    try (Reload reload = new Reload(file, new Secrets(Map.of()), runs, said::add)) {
      reload.now();
      assertThat(said.poll(10, TimeUnit.SECONDS))
          .endsWith("the cameras go on as before: saccade.cameras must be readable");
      assertThat(said.poll(20, TimeUnit.SECONDS)).contains("1 started");

      Files.writeString(file, yaml("a", "b"));

      assertThat(said.poll(10, TimeUnit.SECONDS)).contains("2 started");
    }
  }

  /** As Kubernetes mounts a ConfigMap: a link in a folder, to which another link points. */
  @Test
  void followsALinkThatIsTurnedToAnotherFolder() throws Exception {
    Files.writeString(
        Files.createDirectory(folder.resolve("..1")).resolve("cameras.yaml"), yaml("a"));
    Files.writeString(
        Files.createDirectory(folder.resolve("..2")).resolve("cameras.yaml"), yaml("b"));
    Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
    Path file =
        Files.createSymbolicLink(folder.resolve("cameras.yaml"), Path.of("..data/cameras.yaml"));
    BlockingQueue<String> ids = new LinkedBlockingQueue<>();
    Reload.Runs runs =
        wanted -> {
          wanted.forEach(it -> ids.add(it.id()));
          return new Cameras.Change(0, 0, 1, 0);
        };
    try (Reload reload = new Reload(file, new Secrets(Map.of()), runs, said -> {})) {
      reload.now();
      assertThat(ids.poll(10, TimeUnit.SECONDS)).isEqualTo("a");

      Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
      Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

      assertThat(ids.poll(10, TimeUnit.SECONDS)).isEqualTo("b");
    }
  }

  private static String yaml(String... ids) {
    StringBuilder text = new StringBuilder("cameras:\n");
    List.of(ids).forEach(id -> text.append("  - {id: ").append(id).append(", url: clip.mp4}\n"));
    return text.toString();
  }
}
