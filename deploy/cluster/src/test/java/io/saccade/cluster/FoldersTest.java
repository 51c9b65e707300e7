package io.saccade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir Path folder;

  @Test
  void whatIsSomebodyElsesIsRefusedAndLeftAlone() throws IOException {
    Path theirs = Files.writeString(Files.createDirectory(folder.resolve("run")).resolve("a"), "x");

    assertThatThrownBy(() -> new Layout(folder).prepare())
        .hasMessageContaining("must be a new or empty folder")
        .hasMessageContaining(folder.toString());
    assertThat(theirs).exists();
    assertThatThrownBy(() -> Cluster.requireOurs(theirs)).hasMessageContaining("--dir");
  }

  @Test
  void whatIsNewEmptyOrOursIsTaken() throws IOException {
    Layout layout = new Layout(folder);
    layout.prepare();
    new Setup(8081, 2).write(layout.conf());
    Path left = Files.writeString(layout.run().resolve("keeper"), "x");

    assertThatCode(layout::prepare).doesNotThrowAnyException();
    assertThat(left).doesNotExist();
    assertThatCode(() -> Cluster.requireOurs(folder.resolve("new"))).doesNotThrowAnyException();
  }

  @Test
  void aFolderGoesThoughAnotherStillWritesIntoIt() throws Exception {
    Path busy = Files.createDirectory(folder.resolve("busy"));
    AtomicBoolean over = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; !over.get() && i < 2_000; i++) {
                try {
                  Files.createFile(busy.resolve("file-" + i));
                } catch (IOException e) {
                  return;
                }
              }
            });
    writer.start();
    try {
      Folders.delete(busy);
    } finally {
      over.set(true);
      writer.join();
    }

    Folders.delete(busy);
    assertThat(busy).doesNotExist();
  }
}
