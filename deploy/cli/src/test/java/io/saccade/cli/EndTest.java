package io.saccade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.bench.camera.Waiting;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.TopicPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told to end, as by Ctrl-C, in a process of its own. */
@Timeout(90)
class EndTest {
  private static final String BUNDLE = "../../models/gfnet/src/test/bundles/tiny";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

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
      assertThat(until(said, "roker at 127.0.0.1:"))
          .last()
          .asString()
          .contains("roker at 127.0.0.1:");
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

  @Test
  void aJobThatWasKilledGoesOnFromItsNewestCheckpoint() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      TopicPlan.passing(1).create(broker.address());
      Path checkpoints = folder.resolve("check points");
      String[] job = {
        "job",
        "--brokers",
        broker.address(),
        "--bundle",
        BUNDLE,
        "--checkpoint-dir",
        checkpoints.toString(),
        "--checkpoint-interval",
        "200ms"
      };
      Process killed = start(job);
      try {
        Waiting.until("a checkpoint is complete", PATIENCE, () -> isComplete(checkpoints));
      } finally {
        killed.destroyForcibly().waitFor();
      }

      Process next = start(job);
      try (BufferedReader said =
          new BufferedReader(new InputStreamReader(next.getInputStream(), UTF_8))) {
        List<String> lines = until(said, "classifying");
        assertThat(lines).anyMatch(it -> it.contains("going on from " + checkpoints + "/"));
        assertThat(lines).last().asString().contains("classifying");
      } finally {
        next.destroyForcibly();
      }
    }
  }

  private static boolean isComplete(Path checkpoints) {
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files.anyMatch(it -> it.endsWith("_metadata"));
    } catch (IOException | UncheckedIOException stillBeingMade) {
      return false;
    }
  }

  /** Lines up to the first with these words, or all. */
  private static List<String> until(BufferedReader said, String words) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      lines.add(line);
      if (line.contains(words)) {
        break;
      }
    }
    return lines;
  }

  private List<Path> temporary() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("saccade-"))
          .toList();
    }
  }
}
