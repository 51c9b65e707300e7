package io.saccade.bench.camera;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.saccade.quickstart.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A Python server of this package as a process of its own, told by lines what to do. */
final class Script implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Debian's own Python, which has GStreamer's bindings. */
  private static final String PYTHON = "/usr/bin/python3";

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path file;
  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private Process process;

  private Script(String name, List<String> command, Map<String, String> environment, Path file)
      throws IOException {
    this.name = name;
    this.command = command;
    this.environment = environment;
    this.file = file;
    this.process = run();
  }

  /**
   * Starts a script and waits until it serves.
   *
   * @param prefix what comes before it on the command line, such as a network namespace
   * @param environment secrets, which are no arguments
   */
  static Script start(
      String name, List<String> prefix, List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("saccade-", "-" + name);
    try (InputStream script = Script.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(script, name), file, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command = new ArrayList<>(prefix);
    command.add(PYTHON);
    command.add(file.toString());
    command.addAll(arguments);
    Script started = new Script(name, command, environment, file);
    started.awaitSaid("serving");
    return started;
  }

  private Process run() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process started = builder.start();
    Thread reader = new Thread(() -> listen(started), name);
    reader.setDaemon(true);
    reader.start();
    return started;
  }

  private void listen(Process started) {
    try (BufferedReader lines = started.inputReader(UTF_8)) {
      lines.lines().forEach(said::add);
    } catch (IOException | UncheckedIOException e) {
      said.add(e.toString());
    }
  }

  private void awaitSaid(String wanted) throws InterruptedException {
    Waiting.until(
        name + " says '" + wanted + "', not " + said,
        PATIENCE,
        () -> said.contains(wanted) || !process.isAlive());
    if (!said.contains(wanted)) {
      throw new IllegalStateException(name + " must serve, but ended: " + said);
    }
  }

  /** Has a command carried out. */
  synchronized void tell(String line) throws IOException, InterruptedException {
    said.clear();
    Writer input = process.outputWriter(UTF_8);
    input.write(line + "\n");
    input.flush();
    awaitSaid("done " + line);
  }

  /** Stops it in its tracks: it accepts connections and answers nothing. */
  void freeze() throws IOException, InterruptedException {
    Signals.send("STOP", process.pid());
  }

  void thaw() throws IOException, InterruptedException {
    Signals.send("CONT", process.pid());
  }

  /** Kills it; connections break. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Starts it again where it was. */
  void restart() throws IOException, InterruptedException {
    said.clear();
    process = run();
    awaitSaid("serving");
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Files.deleteIfExists(file);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
