package io.saccade.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void theNewestCompleteCheckpointOfAnyRunIsFound() throws IOException {
    checkpoint("run1/chk-9", 1_000);
    checkpoint("run2/chk-3", 3_000);
    checkpoint("run2/chk-2", 2_000);
    // Still being written.
    Files.createDirectories(folder.resolve("run2/chk-4"));
    assertThat(Checkpoints.newest(folder.toUri().toString()))
        .contains(folder.resolve("run2/chk-3"));
  }

  @Test
  void thereIsNoneInAnEmptyOrMissingFolderOrElsewhere() {
    assertThat(Checkpoints.newest(folder.toUri().toString())).isEmpty();
    assertThat(Checkpoints.newest(folder.resolve("missing").toUri().toString())).isEmpty();
    assertThat(Checkpoints.newest("s3://bucket/checkpoints")).isEmpty();
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Path inside = file.resolve("saccade-saccade");
    assertThatThrownBy(() -> Checkpoints.make(inside.toUri().toString()))
        .hasMessageContaining("must be a folder that can be written")
        .hasMessageContaining(inside.toString());
    Checkpoints.make("s3://bucket/checkpoints");
    Checkpoints.make(folder.resolve("a/b").toUri().toString());
    assertThat(folder.resolve("a/b")).isDirectory();
  }

  private void checkpoint(String name, long millis) throws IOException {
    Path metadata = Files.createDirectories(folder.resolve(name)).resolve("_metadata");
    Files.writeString(metadata, "x");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(millis));
  }
}
