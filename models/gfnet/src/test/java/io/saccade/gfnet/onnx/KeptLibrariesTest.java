package io.saccade.gfnet.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptLibrariesTest {
  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  @TempDir Path folder;

  private Path unpacked() {
    return new KeptLibraries(folder).unpacked().orElseThrow();
  }

  private static Map<String, FileTime> times(Path place) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.toList()) {
        times.put(String.valueOf(file.getFileName()), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  @Test
  void unpacksBothLibrariesAsTheyAreIntoAFolderOfTheirVersion() throws IOException {
    Path place = unpacked();

    assertThat(folder.relativize(place).toString()).startsWith("onnxruntime-").contains(".jar/");
    assertThat(times(place).keySet())
        .containsExactly("libonnxruntime.so", "libonnxruntime4j_jni.so");
    String resource = "/ai/onnxruntime/native/" + place.getFileName() + "/libonnxruntime.so";
    try (InputStream packed = KeptLibraries.class.getResourceAsStream(resource)) {
      assertThat(packed).isNotNull().hasBinaryContent(bytes(place.resolve("libonnxruntime.so")));
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  @Test
  void leavesWhatIsThereAndMendsWhatIsNotWhole() throws IOException {
    Path place = unpacked();
    Path sound = place.resolve("libonnxruntime.so");
    Path broken = place.resolve("libonnxruntime4j_jni.so");
    byte[] whole = bytes(broken);
    Files.setLastModifiedTime(sound, FileTime.from(LONG_AGO));
    Files.write(broken, new byte[] {1});

    assertThat(unpacked()).isEqualTo(place);

    assertThat(Files.getLastModifiedTime(sound).toInstant()).isEqualTo(LONG_AGO);
    assertThat(bytes(broken)).isEqualTo(whole);
    assertThat(times(place)).as("no half files").hasSize(2);
  }

  @Test
  void keepsNothingWhereNothingCanBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("a file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

    assertThat(new KeptLibraries(file).unpacked()).isEmpty();
  }
}
