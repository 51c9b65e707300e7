package io.saccade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a repository of its own, with a Maven and a Java that only note their calls. */
@Timeout(60)
class LauncherTest {
  private static final String MAVEN =
      """
      #!/bin/bash
      echo build >>"$HOME/builds"
      [ ! -f "$HOME/broken" ] || { echo "no such symbol" >&2; exit 1; }
      mkdir -p deploy/cli/target
      touch deploy/cli/target/saccade-cli-1.jar "$HOME/library.jar"
      printf '%s' "$HOME/library.jar" >deploy/cli/target/classpath.txt
      """;

  private static final String JAVA =
      """
      #!/bin/bash
      if [ "$1" = -XshowSettings:properties ]; then
        echo "    java.specification.version = $(cat "$HOME/java-version")" >&2
      else
        printf '%s\\n' "$@" >"$HOME/call"
        printf '%s' "$CLASSPATH" >"$HOME/class path"
      fi
      """;

  @TempDir Path folder;
  private Path home = Path.of("");
  private Path source = Path.of("");

  @BeforeEach
  void makeRepository() throws IOException {
    // Awkward on purpose.
    home = Files.createDirectories(folder.resolve("my saccade"));
    Files.copy(Path.of("../../saccade"), home.resolve("saccade"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    for (String module : List.of("connectors", "models", "flink-job", "deploy")) {
      Files.createDirectories(home.resolve(module + "/src/main"));
    }
    Shell.copy(home.resolve("deploy/cli/src/main/shell"));
    source = Files.writeString(home.resolve("flink-job/src/main/Job.java"), "class Job {}");
    executable("mvn", MAVEN);
    executable("java", JAVA);
    Files.writeString(folder.resolve("java-version"), "17");
  }

  private void executable(String name, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Outcome(int code, String err) {}

  private Process start(Path from, String launcher, String... arguments) throws IOException {
    return start(from, Redirect.DISCARD, launcher, arguments);
  }

  private Process start(Path from, Redirect out, String launcher, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", launcher));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(from.toFile()).redirectOutput(out);
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("HOME", folder.toString());
    builder.environment().merge("PATH", "", (path, none) -> folder.resolve("bin") + ":" + path);
    return builder.start();
  }

  private Outcome run(Path from, String launcher, String... arguments) throws Exception {
    Process process = start(from, launcher, arguments);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), err);
  }

  private Outcome run(String... arguments) throws Exception {
    return run(home, "./saccade", arguments);
  }

  private int builds() throws IOException {
    Path log = folder.resolve("builds");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  private List<String> call() throws IOException {
    return Files.readAllLines(folder.resolve("call"));
  }

  @Test
  void buildsOnceAndThenOnlyRuns() throws Exception {
    assertThat(run("--version").err()).contains("saccade: building");
    assertThat(run("--version").err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void handsArgumentsOnAsTheyAre() throws Exception {
    run("model", "classify", "two words.jpg", "*", "");

    assertThat(call())
        .endsWith("io.saccade.cli.Saccade", "model", "classify", "two words.jpg", "*", "");
    assertThat(call()).contains("-Dsaccade.home=" + home.toRealPath());
    assertThat(Files.readString(folder.resolve("class path")))
        .isEqualTo(
            "%s/deploy/cli/target/saccade-cli-1.jar:%s/library.jar"
                .formatted(home.toRealPath(), folder));
  }

  @Test
  void givesOnlyTheSimulatorTheOptimisingCompiler() throws Exception {
    run("quickstart");
    assertThat(call()).contains("-XX:TieredStopAtLevel=1");

    run("simulate");
    assertThat(call()).endsWith("simulate").doesNotContain("-XX:TieredStopAtLevel=1");
  }

  @Test
  void worksFromAnotherFolderAndThroughALink() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(elsewhere.resolve("s"), elsewhere.relativize(home.resolve("saccade")));

    assertThat(run(elsewhere, "./s", "--version").code()).isZero();
    assertThat(run(folder, home.resolve("saccade").toString(), "--version").code()).isZero();

    assertThat(builds()).isEqualTo(1);
    assertThat(call()).contains("-Dsaccade.home=" + home.toRealPath());
  }

  /** There it asks for the terminal's height, which fails in many ways. */
  @Test
  void runsInATerminal() throws Exception {
    run("--version");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script makes a terminal");

    Process process =
        start(
            home,
            "-c",
            "script --quiet --return --command './saccade --help' /dev/null </dev/null >/dev/null");

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(call()).endsWith("--help").anyMatch(it -> it.matches("-Dsaccade.rows=\\d+"));
  }

  /** With a Python that has nothing installed. */
  @ParameterizedTest
  @ValueSource(strings = {"train", "fold", "plot", "compare", "calibrate", "quantise", "import"})
  void helpsWithTrainingBeforeAnythingIsInstalled(String command) throws Exception {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(it -> Files.isExecutable(Path.of(it, "python3"))),
        "python3 must be there, but is not");
    executable("python3", "#!/bin/bash\nPATH=${PATH#*:} exec python3 -S \"$@\"\n");
    Files.createSymbolicLink(
        home.resolve("models/training"), Path.of("../../models/training").toRealPath());
    Path help = folder.resolve("help");

    Process process = start(home, Redirect.to(help.toFile()), "./saccade", "model", command, "-h");
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(err).isEmpty();
    assertThat(process.exitValue()).isZero();
    assertThat(help).content().startsWith("usage: ./saccade model " + command + " ");
    assertThat(home.resolve("work/venv")).doesNotExist();
  }

  @Test
  void buildsAgainWhateverHappenedToASource() throws Exception {
    run("--version");

    Files.writeString(source, "class Job { int more; }");
    run("--version");
    assertThat(builds()).as("changed").isEqualTo(2);

    Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
    run("--version");
    assertThat(builds()).as("set back to an old time").isEqualTo(3);

    Files.delete(source);
    run("--version");
    assertThat(builds()).as("deleted").isEqualTo(4);

    Files.delete(folder.resolve("library.jar"));
    run("--version");
    assertThat(builds()).as("a library went away").isEqualTo(5);
  }

  @Test
  void doesNotBuildForTestsAndTexts() throws Exception {
    run("--version");
    Files.createDirectories(home.resolve("flink-job/src/test"));
    Files.writeString(home.resolve("flink-job/src/test/JobTest.java"), "class JobTest {}");
    Files.writeString(home.resolve("flink-job/README.md"), "words");

    run("--version");

    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void saysThatTheBuildFailedAndTriesAgainNextTime() throws Exception {
    Files.createFile(folder.resolve("broken"));
    Outcome failed = run("--version");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("no such symbol").contains("saccade: the build failed");

    Files.delete(folder.resolve("broken"));
    assertThat(run("--version").code()).isZero();
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void saysWhichJavaItNeeds() throws Exception {
    Files.writeString(folder.resolve("java-version"), "11");

    Outcome refused = run("--version");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("Java 17 or later is needed, but 'java' is 11");
    assertThat(builds()).isZero();
  }

  @Test
  void buildsOnceWhenStartedTwiceAtATime() throws Exception {
    List<Process> both = List.of(start(home, "./saccade", "job"), start(home, "./saccade", "job"));
    for (Process process : both) {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    assertThat(builds()).isEqualTo(1);
  }
}
