package io.saccade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.cli.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./saccade doctor} on machines that lack what even a build needs: the {@code PATH} has
 * nothing but what a test puts there.
 */
@Timeout(60)
class DoctorLauncherTest {
  private static final List<String> ALWAYS_THERE =
      List.of(
          "awk",
          "bash",
          "cat",
          "cmp",
          "cp",
          "df",
          "dirname",
          "env",
          "find",
          "flock",
          "getconf",
          "head",
          "ls",
          "mkdir",
          "readlink",
          "rm",
          "sed",
          "sort",
          "stty",
          "tr",
          "uname");

  private static final String MAVEN =
      """
      #!/bin/bash
      if [ "$1" = -version ]; then echo "Apache Maven %s"; echo "Java version: 17.0.1, vendor: x"; exit; fi
      [ ! -f "$HOME/no-network" ] || { echo "could not resolve dependencies" >&2; exit 1; }
      mkdir -p deploy/cli/target
      : >deploy/cli/target/saccade-cli-1.jar
      printf '%%s' "$PWD/pom.xml" >deploy/cli/target/classpath.txt
      """;

  /** Tells its version, and else what it was started with. */
  private static final String JAVA =
      """
      #!/bin/bash
      if [ "$1" = -XshowSettings:properties ]; then
        echo "    java.specification.version = %s" >&2
        echo "    sun.arch.data.model = %s" >&2
      else
        printf '%%s' "$SACCADE_FINDINGS"
      fi
      """;

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeMachine() throws IOException {
    Path home = Files.createDirectories(folder.resolve("saccade home"));
    Files.copy(Path.of("../../saccade"), home.resolve("saccade"));
    Shell.copy(home.resolve("deploy/cli/src/main/shell"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.createDirectories(folder.resolve("bin"));
    for (String program : ALWAYS_THERE) {
      for (String place : List.of("/usr/bin", "/bin")) {
        Path original = Path.of(place, program);
        Path link = folder.resolve("bin").resolve(program);
        if (Files.exists(original) && !Files.exists(link)) {
          Files.createSymbolicLink(link, original);
        }
      }
    }
    environment.put("HOME", folder.toString());
    environment.put("PATH", folder.resolve("bin").toString());
    program("java", JAVA.formatted("17", "64"));
    program("mvn", MAVEN.formatted("3.9.9"));
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("bin").resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Run doctor(String... options) throws Exception {
    Path home = folder.resolve("saccade home");
    List<String> command = new ArrayList<>(List.of("/bin/bash", "./saccade", "doctor"));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  @Test
  void findsNothingWrongBuildsAndHandsItsFindingsToJava() throws Exception {
    Run run = doctor();

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("saccade: building");
    assertThat(run.out().lines().map(line -> Finding.parse(line).what()))
        .containsExactly("platform", "C library", "Java", "Maven", "checkout", "Maven's jars");
  }

  @Test
  void saysThatThereIsNoJavaAndWhereToGetIt() throws Exception {
    Files.delete(folder.resolve("bin/java"));

    Run run = doctor();

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("problem  Java         no java in the PATH")
        .contains("expected: a JDK, 17 or later")
        .contains("to do: install one")
        .contains("ok       Maven        3.9.9");
    assertThat(run.err()).doesNotContain("building");
  }

  @Test
  void saysThatJavaHomeIsWrongAndThatThereIsAnother() throws Exception {
    environment.put("JAVA_HOME", folder.resolve("uninstalled").toString());

    assertThat(doctor().out())
        .contains("JAVA_HOME is " + folder.resolve("uninstalled") + ", where there is no bin/java")
        .contains("or unset it: there is also " + folder.resolve("bin/java"));
  }

  @Test
  void saysThatJavaIsTooOldOrTooNarrowOrDoesNotStart() throws Exception {
    program("java", JAVA.formatted("1.8", "64"));
    assertThat(doctor().out()).contains("problem  Java         1.8 at").contains("17 or later");

    program("java", JAVA.formatted("17", "32"));
    assertThat(doctor().out()).contains("a Java of 32 bits");

    program("java", "#!/bin/bash\nexit 126\n");
    assertThat(doctor().out()).contains("java does not start");
  }

  @Test
  void saysThatARuntimeWithoutCompilerIsTooLittle() throws Exception {
    program("java", JAVA.formatted("17", "64\n    java.home = " + folder.resolve("jre")));

    assertThat(doctor().out()).contains("without a compiler").contains("openjdk-17-jdk-headless");
  }

  private void unpackArchive(String platform) throws IOException {
    Path home = folder.resolve("saccade home");
    Files.delete(home.resolve("pom.xml"));
    Shell.copy(home.resolve("lib"));
    Path natives = Files.createDirectories(home.resolve("cluster-lib"));
    Files.createFile(natives.resolve("opencv-4-" + platform + ".jar"));
  }

  @Test
  void asksOfAnArchiveForNeitherCompilerNorMaven() throws Exception {
    unpackArchive("linux-x86_64");
    Files.delete(folder.resolve("bin/mvn"));
    program("java", JAVA.formatted("17", "64\n    java.home = " + folder.resolve("jre")));

    Run run = doctor();

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.err()).doesNotContain("building");
    assertThat(run.out().lines().map(line -> Finding.parse(line).what()))
        .containsExactly("platform", "C library", "Java");
  }

  @Test
  void saysWhichJavaAnArchiveWants() throws Exception {
    unpackArchive("linux-x86_64");
    Files.delete(folder.resolve("bin/java"));

    assertThat(doctor().out())
        .contains("a Java runtime, 17", "apt install openjdk-17-jre-headless");
  }

  @Test
  void saysThatTheArchiveIsForAnotherMachine() throws Exception {
    unpackArchive("linux-arm64");

    assertThat(doctor().out())
        .contains(
            "problem  platform     Linux x86_64", "expected: Linux aarch64", "the archive for");
  }

  @Test
  void saysWhatIsWrongWithMaven() throws Exception {
    program("mvn", MAVEN.formatted("3.6.3"));
    assertThat(doctor().out()).contains("problem  Maven        3.6.3").contains("3.8.7 or later");

    Files.delete(folder.resolve("bin/mvn"));
    assertThat(doctor().out()).contains("problem  Maven        no mvn in the PATH");
  }

  @Test
  void namesToolsThatAreMissing() throws Exception {
    Files.delete(folder.resolve("bin/flock"));

    assertThat(doctor().out()).contains("problem  tools        without flock (util-linux)");
  }

  @Test
  void saysWhatMayHaveKeptTheBuildFromSucceeding() throws Exception {
    Files.createFile(folder.resolve("no-network"));

    Run run = doctor();

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("could not resolve dependencies");
    assertThat(run.out()).contains("problem  build        failed").contains("settings.xml");
  }

  @Test
  void saysTheSameAsJsonWithoutJava() throws Exception {
    environment.put("JAVA_HOME", "/no \"such\" \\ folder");

    Run run = doctor("--json");

    var report = new ObjectMapper().readTree(run.out());
    assertThat(report.get("well").asBoolean()).isFalse();
    assertThat(report.get("findings").get(2).get("found").asText())
        .isEqualTo("JAVA_HOME is /no \"such\" \\ folder, where there is no bin/java");
  }
}
