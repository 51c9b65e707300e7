package io.saccade.job.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.wire.Excerpt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFoldersTest {
  @TempDir Path folder;

  private Path models = Path.of("");
  private ModelFolders allowed = new ModelFolders(List.of("/nowhere"));

  @BeforeEach
  void makeFolders() throws Exception {
    models = Files.createDirectories(folder.resolve("models"));
    Files.createDirectories(models.resolve("runway"));
    Files.createDirectories(folder.resolve("secret"));
    allowed = new ModelFolders(List.of("/nowhere", models.toString()));
  }

  @Test
  void takesWhatIsWithin() throws Exception {
    assertThat(allowed.admit(models.resolve("runway").toString()))
        .isEqualTo(models.resolve("runway").toRealPath());
  }

  @Test
  void takesWhatIsWithinAFolderThatIsNamedByALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), models);
    ModelFolders byLink = new ModelFolders(List.of(link.toString()));
    Path runway = models.resolve("runway").toRealPath();

    assertThat(byLink.admit(link.resolve("runway").toString())).isEqualTo(runway);
    assertThat(byLink.admit(runway.toString())).isEqualTo(runway);
  }

  @Test
  void refusesWhatIsOutsideWhetherThereOrNot() throws Exception {
    Files.createSymbolicLink(models.resolve("way-out"), folder.resolve("secret"));
    for (String outside :
        List.of(
            folder.resolve("secret").toString(),
            folder.resolve("not-there").toString(),
            models + "/../secret",
            models.resolve("way-out").toString(),
            models.toString(),
            models + "-other")) {
      assertThatThrownBy(() -> allowed.admit(outside))
          .as(outside)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("location must be within /nowhere or " + models)
          .hasMessageEndingWith("but was " + outside);
    }
  }

  @Test
  void refusesWhatIsNotThereOrIsNoPath() {
    assertThatThrownBy(() -> allowed.admit(models.resolve("gone").toString()))
        .hasMessageContaining("nothing could be found");
    assertThatThrownBy(() -> allowed.admit("models/runway"))
        .hasMessage("location must be an absolute path, but was models/runway");
    assertThatThrownBy(() -> allowed.admit("/models/\u0000"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("location must be a path, but was /models/\\u0000");
  }

  @Test
  void refusesInALineThatPrintsAndIsShort() {
    String forged = "\u001b[2J\nsaccade: all is well\u202e" + "x".repeat(4_000);
    for (String location :
        List.of("/" + forged, models + "/" + forged, forged, "/\u0000" + forged)) {
      assertThatThrownBy(() -> allowed.admit(location))
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(
              e ->
                  assertThat(e.getMessage())
                      .startsWith("location must be ")
                      .hasSizeLessThan(1_000)
                      .matches(Excerpt::prints, "prints"));
    }
  }
}
