package io.saccade.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.camera.config.CameraSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FolderSourceTest {
  @TempDir Path folder;

  private FolderSource source() throws Exception {
    return new FolderSource(FfmpegCallTest.camera(folder.toString(), 100.0, null, null));
  }

  @Test
  void givesThePicturesInOrderAsTheyAre() throws Exception {
    Files.writeString(folder.resolve("b.png"), "second");
    Files.writeString(folder.resolve("a.JPG"), "first");
    Files.writeString(folder.resolve("c.webp"), "third");
    Files.writeString(folder.resolve("notes.txt"), "no picture");
    try (FolderSource source = source()) {
      for (String expected :
          new String[] {"image/jpeg first", "image/png second", "image/webp third"}) {
        Picture picture = Objects.requireNonNull(source.next());
        assertThat(
                picture.contentType() + " " + new String(picture.image(), StandardCharsets.UTF_8))
            .isEqualTo(expected);
      }
      assertThat(source.next()).isNull();
      assertThat(source.ending().trouble()).isEqualTo(Trouble.NONE);
    }
  }

  @Test
  void endsAtOnceWhenKilled() throws Exception {
    Files.writeString(folder.resolve("a.jpg"), "one");
    Files.writeString(folder.resolve("b.jpg"), "two");
    FolderSource slow = new FolderSource(FfmpegCallTest.camera(folder.toString(), 0.2, null, null));
    assertThat(slow.next()).isNotNull();
    slow.kill();
    assertThat(slow.next()).isNull();
    assertThat(slow.ending().trouble())
        .as("it was not played to its end")
        .isEqualTo(Trouble.BROKE_OFF);
  }

  /** As with a share that is mounted after the start. */
  @Test
  void readsAFolderThatWasNotThereWhenTheSettingsWereRead() throws Exception {
    Path later = folder.resolve("later");
    CameraSettings camera = FfmpegCallTest.camera(later.toString(), 100.0, 640, null);
    Files.writeString(Files.createDirectory(later).resolve("a.jpg"), "one");

    try (Source source = new ChildOpener(Path.of("/none")).open(camera)) {
      assertThat(Objects.requireNonNull(source.next()).contentType()).isEqualTo("image/jpeg");
    }
  }

  @Test
  void refusesAFolderWithoutPictures() {
    assertThatThrownBy(this::source).hasMessageContaining("no .jpg, .png or .webp");
  }
}
