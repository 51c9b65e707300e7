package io.saccade.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void theNewestCompleteCheckpointOfAnyRunIsFound() throws IOException {
    checkpoint("run1/chk-9", 1_000);
    checkpoint("run2/chk-3", 3_000);
    checkpoint("run2/chk-2", 2_000);
    // Still being written.
    Files.createDirectories(folder.resolve("run2/chk-4"));
    assertThat(Checkpoints.newest(Checkpoints.address(folder)))
        .contains(folder.resolve("run2/chk-3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"check points", "50%", "a%20b", "ü#?"})
  void flinkWritesWhereTheyAreLookedFor(String name) throws IOException {
    String directory = Checkpoints.address(folder.resolve(name));
    org.apache.flink.core.fs.Path metadata =
        new org.apache.flink.core.fs.Path(directory, "run/chk-1/_metadata");
    metadata.getFileSystem().create(metadata, WriteMode.NO_OVERWRITE).close();

    assertThat(Checkpoints.newest(directory)).contains(folder.resolve(name + "/run/chk-1"));
  }

  @Test
  void thereIsNoneInAnEmptyOrMissingFolderOrElsewhere() {
    assertThat(Checkpoints.newest(Checkpoints.address(folder))).isEmpty();
    assertThat(Checkpoints.newest(Checkpoints.address(folder.resolve("missing")))).isEmpty();
    assertThat(Checkpoints.newest("s3://bucket/checkpoints")).isEmpty();
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Path inside = file.resolve("saccade-saccade");
    assertThatThrownBy(() -> Checkpoints.make(Checkpoints.address(inside)))
        .hasMessageContaining("must be a folder that can be written")
        .hasMessageContaining(inside.toString());
    Checkpoints.make("s3://bucket/checkpoints");
    Checkpoints.make(Checkpoints.address(folder.resolve("a/b")));
    assertThat(folder.resolve("a/b")).isDirectory();
  }

  private void checkpoint(String name, long millis) throws IOException {
    Path metadata = Files.createDirectories(folder.resolve(name)).resolve("_metadata");
    Files.writeString(metadata, "x");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(millis));
  }
}
