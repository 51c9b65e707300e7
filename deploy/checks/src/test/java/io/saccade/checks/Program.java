package io.saccade.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command of Saccade as a process of its own, seen from outside as an operator would. */
public final class Program implements AutoCloseable {
  private static final long END_SECONDS = 60;
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private final Path folder;
  private final Process process;

  private Program(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts it with this process's class path and the launcher's settings.
   *
   * @param folder for what it says
   */
  public static Program start(Path folder, String... arguments) throws IOException {
    Files.createDirectories(folder.resolve("tmp"));
    // By a file: longer than a command line may be, and than some native library likes.
    Path classes = folder.resolve("java.args");
    Files.writeString(classes, "-cp\n\"" + System.getProperty("java.class.path") + "\"\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xshare:auto", "-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    command.add("-Dsaccade.log=" + folder.resolve("saccade.log"));
    command.add("-Dsaccade.home=" + ROOT);
    // The product's, not that of the tests.
    command.add("-Dlog4j2.configurationFile=log4j2.xml");
    command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
    command.add("@" + classes);
    command.add("io.saccade.cli.Saccade");
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("stdout").toFile())
            .redirectError(folder.resolve("stderr").toFile());
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    return new Program(folder, builder.start());
  }

  /** Everything that it has said: both streams and the log file. */
  public String said() {
    StringBuilder said = new StringBuilder();
    for (String name : List.of("stdout", "stderr", "saccade.log")) {
      try {
        Path file = folder.resolve(name);
        said.append(Files.exists(file) ? Files.readString(file) : "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return said.toString();
  }

  /** Whether it has said this; that it has ended without is a failure. */
  public boolean hasSaid(String what) {
    if (said().contains(what)) {
      return true;
    }
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "the program must say '%s', but ended with %d: %s"
              .formatted(what, process.exitValue(), said()));
    }
    return false;
  }

  /** Waits for its end. */
  public int awaitEnd() throws InterruptedException {
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the program must end, but did not: " + said());
    }
    return process.exitValue();
  }

  /** The command lines of the process and its children, as {@code ps} shows them. */
  public String commandLines() {
    StringBuilder lines = new StringBuilder();
    Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .forEach(it -> lines.append(commandLine(it.pid())).append('\n'));
    return lines.toString();
  }

  private static String commandLine(long pid) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
      return new String(line, UTF_8).replace('\0', ' ');
    } catch (IOException e) {
      // It has just ended.
      return "";
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
