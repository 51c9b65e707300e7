package io.saccade.console.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  private static final Path RUNWAY = Path.of("../../models/bundles/runway");

  @TempDir Path folder;

  private Path zipped(List<String> names) throws Exception {
    Path zip = folder.resolve("x.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        out.write(Files.readAllBytes(RUNWAY.resolve(name)));
      }
    }
    return zip;
  }

  @Test
  void isTheSameInAFolderAndInAZip() throws Exception {
    Bundle read = Bundle.read(RUNWAY);

    assertThat(read.id()).isEqualTo("runway");
    assertThat(read.sha256()).matches("[0-9a-f]{64}");
    assertThat(read.frontier().clips()).isEqualTo(14);
    assertThat(Bundle.read(zipped(List.of("manifest.json", "frontier.json")))).isEqualTo(read);
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> Bundle.read(none))
        .hasMessage(
            "bundle must be a folder, or a .zip of it, that holds manifest.json, but %s is not there"
                .formatted(none));
    Path zip = zipped(List.of("manifest.json"));
    assertThatThrownBy(() -> Bundle.read(zip))
        .hasMessage(
            "bundle must be a folder, or a .zip of it, that holds frontier.json, but %s does not"
                .formatted(zip));
  }
}
