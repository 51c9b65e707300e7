package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.cluster.Life;
import io.saccade.job.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StageTest {
  @TempDir Path folder;

  private ChaosOptions options() {
    return new ChaosOptions(
        folder,
        1,
        1,
        EnumSet.of(FaultKind.FREEZE),
        Delivery.AT_LEAST_ONCE,
        1,
        1,
        1,
        0.5,
        null,
        ChaosOptions.FROZEN,
        Path.of("no-such-bundle"),
        Path.of("no-such-clips"));
  }

  /** What a cluster of somebody's has there, as far as it matters; its only process. */
  private Process somebodysCluster() throws IOException {
    Path conf = Files.createDirectories(folder.resolve("cluster/conf"));
    Files.writeString(conf.resolve("cluster.properties"), "rest.port=1\ntaskmanagers=1\n");
    Files.createFile(conf.resolve("client.args"));
    Files.createDirectories(folder.resolve("cluster/savepoints/a"));
    Files.createDirectories(folder.resolve("chaos")); // Of runs in the folder they have by default.
    Process process = new ProcessBuilder("sleep", "60").start();
    Life.note(Files.createDirectories(folder.resolve("cluster/run")), "jobmanager", 1, process);
    return process;
  }

  @Test
  void aClusterOfSomebodyElsesIsLeftAlone() throws Exception {
    Process process = somebodysCluster();
    try {
      assertThatThrownBy(() -> Stage.open(options(), said -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(folder + " must be a new or empty folder")
          .hasMessageContaining("--dir");

      assertThat(process.isAlive()).isTrue();
      assertThat(folder.resolve("cluster/savepoints/a")).isDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aFolderThatIsNewOrOfAFormerRunIsTaken() throws IOException {
    Path fresh = folder.resolve("fresh");

    Stage.claim(fresh);
    Files.createDirectories(fresh.resolve("cluster/conf"));

    assertThatCode(() -> Stage.claim(fresh)).doesNotThrowAnyException();
  }
}
