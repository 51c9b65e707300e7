package io.saccade.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive that cannot be run here has all that the one that can has, for its machine. */
@Timeout(120)
class CompletenessIT {
  /**
   * Arithmetic of 128 bits is the compiler's own business there; the library is of x86 alone. The
   * others are not in FFmpeg's jar for this machine, and have to be there already:
   * docs/distribution.md names their packages.
   */
  private static final Set<String> ON_X86_ALONE =
      Set.of("libquadmath.so.0", "libdrm.so.2", "libva.so.2", "libva-drm.so.2");

  @TempDir static Path folder;
  private static Path home = Path.of("");
  private static Path usual = Path.of("");

  @BeforeAll
  static void unpack() throws Exception {
    home = Archive.ofThisModule().unpack(Files.createDirectory(folder.resolve("this")));
    usual = Archive.usual().unpack(Files.createDirectory(folder.resolve("usual")));
  }

  private static Set<String> names(Path unpacked, int machine) throws IOException {
    return NativeFiles.in(unpacked).entrySet().stream()
        .filter(file -> file.getValue() == machine)
        .map(file -> file.getKey().replaceFirst("@-?\\d+$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyNativeFileIsThereForThisMachine() throws IOException {
    Set<String> wanted = names(usual, NativeFiles.X86_64);
    wanted.removeIf(name -> ON_X86_ALONE.stream().anyMatch(name::endsWith));

    assertThat(wanted).hasSizeGreaterThan(100);
    assertThat(names(home, NativeFiles.AARCH64)).containsAll(wanted);
  }

  /** A few jars of others bring both; those that were made for one bring that one alone. */
  @Test
  void nativeFilesOfTheOtherMachineAreInNoJarThatHasAVersionForEach() throws IOException {
    assertThat(names(home, NativeFiles.X86_64)).noneMatch(CompletenessIT::isForOneMachine);
    assertThat(names(usual, NativeFiles.AARCH64)).noneMatch(CompletenessIT::isForOneMachine);
    assertThat(names(home, NativeFiles.FOREIGN)).noneMatch(CompletenessIT::isForOneMachine);
    assertThat(names(usual, NativeFiles.FOREIGN)).noneMatch(CompletenessIT::isForOneMachine);
  }

  private static boolean isForOneMachine(String name) {
    return name.matches(
        "(onnxruntime|zstd-jni|snappy-java|lz4-java|javacpp|openblas|opencv|ffmpeg)-.*");
  }

  /** Checksums of the files that both must have alike, by their names. */
  private static Map<String, String> checksums(Path unpacked) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<String> lines = Files.lines(unpacked.resolve("SHA256SUMS"))) {
      lines.forEach(line -> sums.put(line.substring(66), line.substring(0, 64)));
    }
    sums.keySet()
        .removeIf(name -> isForOneMachine(name.replaceFirst("^(cluster-)?lib/", "")));
    // It lists jars by their platform.
    sums.remove("sbom.cdx.json");
    return sums;
  }

  @Test
  void everythingElseIsTheSame() throws IOException {
    assertThat(checksums(home)).isEqualTo(checksums(usual));
  }
}
