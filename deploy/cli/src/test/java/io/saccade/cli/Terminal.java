package io.saccade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A shell in a folder where {@code ./saccade} is the command line as compiled; the launcher, which
 * would build it anew, has tests of its own.
 */
final class Terminal implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;
  private static final long LOOK_MILLIS = 100;

  private final Path folder;
  private final Deque<Process> running = new ArrayDeque<>();
  private int outputs;

  Terminal(Path folder) throws IOException {
    this.folder = folder;
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path arguments =
        Files.writeString(
            folder.resolve("java.args"),
            """
            -cp "%s"
            -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx512m
            --add-opens=java.base/java.util=ALL-UNNAMED
            -Dsaccade.home=%s -Dsaccade.log=%s
            """
                .formatted(
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    Docs.ROOT,
                    folder.resolve("saccade.log")));
    program("saccade", "exec %s @%s io.saccade.cli.Saccade \"$@\"".formatted(java, arguments));
  }

  Path folder() {
    return folder;
  }

  /** Makes a script in the folder. */
  void program(String name, String line) throws IOException {
    Path script = Files.writeString(folder.resolve(name), "#!/bin/bash\n" + line + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Runs a command to its end, which must be a good one; what it printed. */
  String run(String command) throws IOException, InterruptedException {
    Path out = folder.resolve("output-" + outputs++);
    Process process = start(command, out);
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(out, UTF_8);
    assertThat(ended).as("'%s' must end, but has only said: %s", command, said).isTrue();
    assertThat(process.exitValue()).as("exit code of '%s', which said: %s", command, said).isZero();
    return said;
  }

  /** Runs a command again and again until what it prints has a text: others take their time. */
  String runUntil(String command, String awaited) throws IOException, InterruptedException {
    long start = System.nanoTime();
    String said = run(command);
    while (!said.contains(awaited)) {
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
          .as("'%s' must say '%s', but said: %s", command, awaited, said)
          .isLessThan(PATIENCE_SECONDS);
      Thread.sleep(LOOK_MILLIS);
      said = run(command);
    }
    return said;
  }

  /** Starts a command that goes on until the terminal is closed; returns when it has said so. */
  Process startUntil(String command, String awaited) throws IOException, InterruptedException {
    Path out = folder.resolve("output-" + outputs++);
    Process process = start("exec " + command.replaceFirst("\\s*&$", ""), out);
    running.push(process);
    long start = System.nanoTime();
    while (!Files.readString(out, UTF_8).contains(awaited)) {
      assertThat(process.isAlive())
          .as("'%s' must go on, but has ended: %s", command, Files.readString(out, UTF_8))
          .isTrue();
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
          .as("'%s' must say '%s', but said: %s", command, awaited, Files.readString(out, UTF_8))
          .isLessThan(PATIENCE_SECONDS);
      Thread.sleep(LOOK_MILLIS);
    }
    return process;
  }

  private Process start(String command, Path out) throws IOException {
    List<String> shell = new ArrayList<>(List.of("/bin/bash", "-o", "pipefail", "-c", command));
    ProcessBuilder builder =
        new ProcessBuilder(shell)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().merge("PATH", "", (path, none) -> folder + ":" + path);
    return builder.start();
  }

  /** Ends what is still running. */
  @Override
  public void close() {
    for (Process process : running) {
      process.destroy();
    }
    for (Process process : running) {
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
