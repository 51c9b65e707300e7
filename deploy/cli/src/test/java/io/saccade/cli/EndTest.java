package io.saccade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told to end, as by Ctrl-C, in a process of its own. */
@Timeout(90)
class EndTest {
  private static final String BUNDLE = "../../models/gfnet/src/test/bundles/tiny";

  @TempDir Path folder;

  private Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--add-opens=java.base/java.util=ALL-UNNAMED", "-Dsaccade.home=../.."));
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-Dsaccade.log=" + folder.resolve("saccade.log"));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Saccade.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--brokers-only", "--no-console"})
  void deletesItsFilesWhenTheQuickstartIsToldToEnd(String kind) throws Exception {
    Process quickstart = start("quickstart", kind, "--bundle", BUNDLE);
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(quickstart.getInputStream(), UTF_8))) {
      String line = "";
      while (line != null && !line.contains("roker at 127.0.0.1:")) {
        line = said.readLine();
      }
      assertThat(line).isNotNull();
      assertThat(temporary()).isNotEmpty();

      // By its handle, which leaves open what it still has to say.
      assertThat(quickstart.toHandle().destroy()).isTrue();

      assertThat(said.lines().toList())
          .noneMatch(it -> it.contains("stopping took too long"))
          .noneMatch(it -> it.contains("console at"));
      assertThat(quickstart.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(temporary()).isEmpty();
    } finally {
      quickstart.destroyForcibly();
    }
  }

  private List<Path> temporary() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("saccade-"))
          .toList();
    }
  }
}
