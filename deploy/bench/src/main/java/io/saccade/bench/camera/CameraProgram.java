package io.saccade.bench.camera;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.saccade.quickstart.Signals;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code saccade camera} as a process of its own, seen from outside as an operator would. */
public final class CameraProgram implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(40);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Pattern HEALTH = Pattern.compile("health: (http://\\S+)");

  private final Path folder;
  private final Process process;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();

  private CameraProgram(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts it with this process's class path and the launcher's settings.
   *
   * @param folder for what it says
   * @param environment secrets that its cameras refer to
   */
  public static CameraProgram start(
      Path folder, Map<String, String> environment, List<String> arguments) throws IOException {
    Files.createDirectories(folder);
    // By a file: longer than a command line may be, and than some native library likes.
    Path classes = folder.resolve("java.args");
    Files.writeString(
        classes, "-cp\n\"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-Xms96m", "-Xmx512m", "-Xmn64m", "-XX:+UseSerialGC"));
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dsaccade.log=" + folder.resolve("saccade.log"));
    String natives = System.getProperty("org.bytedeco.javacpp.cachedir");
    if (natives != null) {
      command.add("-Dorg.bytedeco.javacpp.cachedir=" + natives);
    }
    command.add("@" + classes);
    command.addAll(List.of("io.saccade.cli.Saccade", "camera"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(file(folder, "stdout"))
            .redirectError(file(folder, "stderr"));
    builder.environment().putAll(environment);
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    return new CameraProgram(folder, builder.start());
  }

  private static File file(Path folder, String name) {
    return folder.resolve(name).toFile();
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

  /** Waits for its end. */
  public int awaitEnd() throws InterruptedException {
    if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the camera process must end, but did not: " + said());
    }
    return process.exitValue();
  }

  /** The body of a page of its health server, whatever the status. */
  public String page(String path) throws InterruptedException {
    Waiting.until(
        "the camera process tells its health port",
        START,
        () -> HEALTH.matcher(said()).find() || !process.isAlive());
    Matcher address = HEALTH.matcher(said());
    if (!address.find()) {
      throw new IllegalStateException("the camera process must run, but ended: " + said());
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address.group(1) + path)).timeout(ANSWER).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8)).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A figure of its metrics.
   *
   * @param series name and labels as they are printed
   */
  public double metric(String series) throws InterruptedException {
    String line = "\n" + series + " ";
    String page = page("/metrics");
    int at = page.indexOf(line);
    if (at < 0) {
      throw new IllegalStateException(
          "metrics must show %s, but were:%n%s".formatted(series, page));
    }
    int from = at + line.length();
    return Double.parseDouble(page.substring(from, page.indexOf('\n', from)));
  }

  /** Whether a camera is live; one that is not wanted any more is not. */
  public boolean up(String camera) {
    try {
      return page("/metrics")
          .contains("\nsaccade_camera_up{camera=\"%s\"} 1.0\n".formatted(camera));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** The processes it has started and those they have. */
  public List<ProcessHandle> children() {
    try (Stream<ProcessHandle> children = process.descendants()) {
      return children.toList();
    }
  }

  /** The command lines of the process and its children, as {@code ps} shows them. */
  public String commandLines() {
    StringBuilder lines = new StringBuilder();
    Stream.concat(Stream.of(process.toHandle()), children().stream())
        .forEach(it -> lines.append(Proc.commandLine(it.pid())).append('\n'));
    return lines.toString();
  }

  /** CPU time of the process and all its children, those that have ended included, seconds. */
  public double cpuSeconds() {
    double seconds = Proc.cpuSecondsWithEnded(process.pid());
    for (ProcessHandle child : children()) {
      seconds += Proc.cpuSecondsWithEnded(child.pid());
    }
    return seconds;
  }

  /**
   * Resident memory of the process and all its children, MB. Pages that they share count for each:
   * a container is charged with somewhat less.
   */
  public double residentMegabytes() {
    double megabytes = Proc.residentMegabytes(process.pid());
    for (ProcessHandle child : children()) {
      megabytes += Proc.residentMegabytes(child.pid());
    }
    return megabytes;
  }

  /** Reads its configuration again. */
  public void hangUp() throws IOException, InterruptedException {
    Signals.send("HUP", process.pid());
  }

  /** Has every thread printed. */
  public void dumpThreads() throws IOException, InterruptedException {
    Signals.send("QUIT", process.pid());
  }

  /** Ends it without warning. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(ANSWER.toSeconds(), TimeUnit.SECONDS);
  }

  /** Asks it to end; tells how long that took, seconds. */
  public double terminate() throws InterruptedException {
    long start = System.nanoTime();
    process.destroy();
    awaitEnd();
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    List<ProcessHandle> children = children();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
