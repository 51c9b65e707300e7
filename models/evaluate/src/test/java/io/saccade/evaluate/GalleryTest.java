package io.saccade.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {
  private static final List<String> CLASSES = List.of("bolt", "nut", "pen");
  private static final byte[] PICTURE = {1};

  @TempDir Path root;
  private Folder folder = new Folder(Path.of(""));

  @BeforeEach
  void use() {
    folder = new Folder(root);
  }

  private Gallery found() throws IOException {
    return Gallery.of(root, "test", CLASSES);
  }

  @Test
  void picturesOfAFolderAreOneClipAndLoosePicturesAreClipsOfTheirOwn() throws IOException {
    folder
        .with("test/nut/nut-7/000002.JPG", PICTURE)
        .with("test/nut/nut-7/000001.jpg", PICTURE)
        .with("test/nut/1/a.png", PICTURE)
        .with("test/pen/1/b.webp", PICTURE)
        .with("test/pen/loose.jpeg", PICTURE);

    assertThat(found().pictures())
        .extracting(it -> it.label() + " " + it.clip() + " " + it.file().getFileName().toString())
        .containsExactly(
            "1 nut/1 a.png",
            "1 nut-7 000001.jpg",
            "1 nut-7 000002.JPG",
            "2 pen/1 b.webp",
            "2 pen/loose.jpeg loose.jpeg");
  }

  @Test
  void clipsOfNumberedClassesStayApart() throws IOException {
    folder
        .with("test/1/10/a.jpg", PICTURE)
        .with("test/10/10/b.jpg", PICTURE)
        .with("test/1/10.jpg", PICTURE);

    assertThat(Gallery.of(root, "test", List.of("1", "10")).pictures())
        .extracting(Picture::clip)
        .containsExactlyInAnyOrder("1/10", "10", "1/10.jpg");
  }

  @Test
  void namesFoldersWithoutPictures() throws IOException {
    folder.with("test/nut/a.jpg", PICTURE).withEmpty("test/pen");

    assertThat(found().emptyClasses()).containsExactly("pen");
    assertThat(found().pictures()).hasSize(1);
  }

  @Test
  void refusesAClassTheModelDoesNotKnow() {
    folder.with("test/nut/a.jpg", PICTURE).with("test/spanner/b.jpg", PICTURE);

    assertThatThrownBy(this::found)
        .hasMessageContaining("the model's classes [bolt, nut, pen], but found [spanner]");
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(this::found).hasMessageContaining("test").hasMessageContaining("no such");
    folder.with("test/readme.txt", PICTURE);
    assertThatThrownBy(this::found).hasMessageContaining("but found no folder");
    folder.withEmpty("test/nut");
    assertThatThrownBy(this::found)
        .hasMessageContaining("expected pictures (jpeg, jpg, png, webp)")
        .hasMessageContaining("hold none");
  }

  @Test
  void takesTheFolderItselfForASplitOfADot() throws IOException {
    folder.with("nut/a.jpg", PICTURE);

    Gallery gallery = Gallery.of(root, ".", CLASSES);

    assertThat(gallery.pictures()).hasSize(1);
    // Two names: where it lies is nobody's business.
    assertThat(gallery.name()).endsWith("/" + root.getFileName()).containsOnlyOnce("/");
  }

  @Test
  void aLimitTakesPicturesEvenlyFromAllClasses() throws IOException {
    for (int i = 0; i < 10; i++) {
      folder.with("test/bolt/b%d.jpg".formatted(i), PICTURE);
      folder.with("test/nut/n%d.jpg".formatted(i), PICTURE);
    }

    assertThat(found().limited(4).pictures())
        .extracting(it -> it.file().getFileName().toString())
        .containsExactly("b0.jpg", "b5.jpg", "n0.jpg", "n5.jpg");
    assertThat(found().limited(99).pictures()).hasSize(20);
    assertThatThrownBy(() -> found().limited(0)).hasMessageContaining("at least 1, but was 0");
  }
}
