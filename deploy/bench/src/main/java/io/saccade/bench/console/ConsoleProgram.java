package io.saccade.bench.console;

import io.saccade.bench.camera.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code saccade console} as a process of its own, so that all it costs is known. */
final class ConsoleProgram implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Pattern ADDRESS = Pattern.compile("console at (http://\\S+)");

  private final Path said;
  private final Process process;

  private ConsoleProgram(Path said, Process process) {
    this.said = said;
    this.process = process;
  }

  /**
   * Starts it with this process's class path and the launcher's settings.
   *
   * @param folder for what it says
   */
  static ConsoleProgram start(Path folder, String brokers, Path bundle) throws IOException {
    // By a file: longer than a command line may be.
    Path classes = folder.resolve("java.args");
    Files.writeString(
        classes, "-cp\n\"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"\n");
    Path said = folder.resolve("said");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xshare:auto", "-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dsaccade.log=" + folder.resolve("saccade.log"));
    command.add("@" + classes);
    command.addAll(List.of("io.saccade.cli.Saccade", "console", "--port", "0"));
    command.addAll(List.of("--brokers", brokers, "--bundle", bundle.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    return new ConsoleProgram(said, builder.start());
  }

  /** Where the page is. */
  String address() throws InterruptedException {
    Waiting.until(
        () -> "the console tells its address, not only: " + said(),
        START,
        () -> ADDRESS.matcher(said()).find() || !process.isAlive());
    Matcher told = ADDRESS.matcher(said());
    if (!told.find()) {
      throw new IllegalStateException("the console must run, but ended: " + said());
    }
    return told.group(1);
  }

  private String said() {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** CPU time of all its threads so far, seconds. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().map(it -> it.toNanos() / 1e9).orElse(Double.NaN);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
