package io.saccade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as the archive has it, with a Java that only notes its calls. */
@Timeout(60)
class ArchiveLauncherTest {
  /** Asked for an archive of classes, it makes one, unless it is told to fail. */
  private static final String JAVA =
      """
      #!/bin/bash
      printf '%s\\n' "$@" >"$HOME/call"
      printf '%s' "$CLASSPATH" >"$HOME/class path"
      for option in "$@"; do
        case $option in
          -XX:ArchiveClassesAtExit=*)
            echo made >>"$HOME/archives"
            [ ! -e "$HOME/broken" ] || exit 1
            echo classes >"${option#*=}"
            ;;
        esac
      done
      """;

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Path home = Path.of("");

  @BeforeEach
  void unpack() throws IOException {
    // Awkward on purpose.
    home = Files.createDirectories(folder.resolve("my saccade")).toRealPath();
    Files.copy(Path.of("../../saccade"), home.resolve("saccade"));
    Shell.copy(home.resolve("lib"));
    for (String jar : List.of("lib/b.jar", "lib/a.jar", "lib/B.jar", "cluster-lib/a-first.jar")) {
      Files.createDirectories(home.resolve(jar).getParent());
      Files.createFile(home.resolve(jar));
    }
    Files.createDirectories(home.resolve("models/bundles/runway"));
    Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
    Files.writeString(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    javaTells("17.0.15");
    environment.put("HOME", folder.toString());
    environment.put("JAVA_HOME", folder.resolve("java").toString());
  }

  private void javaTells(String version) throws IOException {
    Files.writeString(
        folder.resolve("java/release"),
        "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
  }

  private Run run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "./saccade"));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(home.toFile()).redirectOutput(out.toFile());
    builder.environment().putAll(environment);
    builder.environment().remove("XDG_CACHE_HOME");
    Process process = builder.start();
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), Files.readString(out), err);
  }

  private List<String> call() throws IOException {
    return Files.readAllLines(folder.resolve("call"));
  }

  private int archives() throws IOException {
    Path made = folder.resolve("archives");
    return Files.exists(made) ? Files.readAllLines(made).size() : 0;
  }

  @Test
  void runsWhatIsInItsFoldersInOneOrderAndBuildsNothing() throws Exception {
    Run run = run("model", "classify", "two words.jpg");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(call()).endsWith("io.saccade.cli.Saccade", "model", "classify", "two words.jpg");
    assertThat(call()).contains("-Dsaccade.home=" + home);
    assertThat(Files.readString(folder.resolve("class path")))
        .isEqualTo(
            Stream.of("lib/B.jar", "lib/a.jar", "lib/b.jar", "cluster-lib/a-first.jar")
                .map(jar -> home.resolve(jar).toString())
                .reduce((one, other) -> one + ":" + other)
                .orElseThrow());
  }

  @Test
  void preparesForFastStartsOnceAndOnlyWhereItIsTriedOut() throws Exception {
    run("job", "--brokers", "quickstart:9092");
    run("quickstart", "--help");
    assertThat(archives()).isZero();

    assertThat(run("quickstart").err()).contains("preparing for fast starts");
    Path classes = home.resolve("work/saccade-17.0.15.jsa");
    assertThat(call()).contains("-XX:SharedArchiveFile=" + classes).endsWith("quickstart");
    run("quickstart");
    assertThat(archives()).isEqualTo(1);

    run("job");
    assertThat(call()).contains("-XX:SharedArchiveFile=" + classes);
  }

  @Test
  void preparesAnewForAnotherJava() throws Exception {
    run("quickstart");
    javaTells("21.0.2");

    run("quickstart");

    assertThat(archives()).isEqualTo(2);
    try (Stream<Path> files = Files.list(home.resolve("work"))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .contains("saccade-21.0.2.jsa")
          .doesNotContain("saccade-17.0.15.jsa");
    }
  }

  @Test
  void doesNotTryAgainWhatFailed() throws Exception {
    Files.createFile(folder.resolve("broken"));

    assertThat(run("quickstart").code()).isZero();
    run("quickstart");

    assertThat(archives()).isEqualTo(1);
    assertThat(call()).noneMatch(option -> option.startsWith("-XX:SharedArchiveFile"));
  }

  @Test
  void saysWhichJavaItNeeds() throws Exception {
    javaTells("11.0.2");

    Run refused = run("quickstart");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith("saccade: Java 17 or later is needed, but")
        .contains("is 11.0.2");
  }

  @Test
  void takesAJavaThatDoesNotTellItsVersion() throws Exception {
    Files.delete(folder.resolve("java/release"));

    assertThat(run("--version").code()).isZero();
  }

  @Test
  void writesToTheUsersFolderWhereItsOwnCannotBe() throws Exception {
    Files.createFile(home.resolve("work"));

    Run run = run("job");

    assertThat(run.code()).as(run.err()).isZero();
    Path cache = folder.resolve(".cache/saccade");
    assertThat(call())
        .contains(
            "-Dsaccade.log=" + cache.resolve("log/saccade-job.log"),
            "-Dorg.bytedeco.javacpp.cachedir=" + cache.resolve("native"));
  }

  @Test
  void saysThatItCanWriteNowhere() throws Exception {
    Files.createFile(home.resolve("work"));
    environment.put("HOME", home.resolve("work").toString());

    Run refused = run("job");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("a folder to write to is needed", "set XDG_CACHE_HOME");
  }
}
