package io.saccade.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.cluster.Patience;
import io.saccade.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive as its user runs it: in a folder whose name has a blank, on a machine whose path has
 * a Java and what every Linux has, but neither Maven nor a compiler.
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunIT {
  private static final List<String> EVERY_LINUX =
      List.of(
          "awk", "bash", "cat", "cmp", "cp", "df", "dirname", "env", "flock", "getconf", "head",
          "ls", "mkdir", "readlink", "rm", "sed", "sort", "stty", "tr", "uname");

  private static final long PATIENCE_SECONDS = 240;

  /** All that is on the path. */
  private static final Path BIN = Path.of("target/bin").toAbsolutePath();

  @TempDir static Path folder;
  private static Path home = Path.of("");

  @BeforeAll
  static void unpack() throws Exception {
    home = Archive.ofThisModule().unpack(Files.createDirectory(folder.resolve("my programs")));
    Files.createDirectories(BIN);
    for (String program : EVERY_LINUX) {
      Path original = Path.of("/usr/bin", program);
      link(program, Files.exists(original) ? original : Path.of("/bin", program));
    }
    link("java", Path.of(System.getProperty("java.home"), "bin", "java"));
  }

  private static void link(String program, Path original) throws IOException {
    Files.deleteIfExists(BIN.resolve(program));
    Files.createSymbolicLink(BIN.resolve(program), original);
  }

  private static String saccade(String... arguments) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process = start(out, arguments);
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String command = String.join(" ", arguments);
    String said = Files.readString(out, UTF_8);
    assertThat(ended).as("%s must end, but has only said: %s", command, said).isTrue();
    assertThat(process.exitValue()).as("%s said: %s", command, said).isZero();
    return said;
  }

  private static Process start(Path out, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("./saccade"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", BIN.toString());
    builder.environment().put("HOME", folder.toString());
    return builder.start();
  }

  @Test
  @Order(1)
  void tellsItsVersion() throws Exception {
    assertThat(saccade("--version"))
        .isEqualTo("saccade " + System.getProperty("version") + "\n");
  }

  @Test
  @Order(2)
  void findsTheMachineFitAndPreparesForFastStarts() throws Exception {
    assertThat(saccade("doctor"))
        .contains("saccade: preparing for fast starts", "Next: ./saccade quickstart")
        .doesNotContain("Maven", "checkout");

    try (var files = Files.list(home.resolve("work"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".jsa")))
          .singleElement()
          .satisfies(file -> assertThat(file).isNotEmptyFile());
    }
  }

  @Test
  @Order(3)
  void verifiesTheModelThatItBrings() throws Exception {
    assertThat(saccade("model", "verify", "models/bundles/runway")).contains("is as its manifest");
  }

  @Test
  @Order(4)
  void classifiesItsSampleClips() throws Exception {
    Path report = folder.resolve("report.json");

    saccade(
        "quickstart", "--seconds", "10", "--plain", "--no-console", "--report", report.toString());

    JsonNode figures = new ObjectMapper().readTree(report.toFile());
    assertThat(figures.path("classified").asInt()).isPositive();
    assertThat(figures.path("unaccounted").asInt(-1)).isZero();
  }

  @Test
  @Order(5)
  void understandsTheFilesInConf() throws Exception {
    assertThat(saccade("camera", "--config", "conf/cameras.yaml", "--check")).contains("sample");
    assertThat(saccade("job", "@conf/job.options", "--help")).contains("saccade job");
  }

  /** The commands of docs/cluster.md, on a free port; the cluster outlives each of them. */
  @Test
  @Order(6)
  void runsTheJobOnAClusterOfItsOwn() throws Exception {
    int port = EmbeddedBroker.freePort();
    Process broker =
        start(folder.resolve("broker.out"), "quickstart", "--brokers-only", "--port", "" + port);
    try {
      saccade("cluster", "start", "--taskmanagers", "1", "--spare", "0", "--port", "0");
      awaitBroker(broker);
      playOnTheCluster("127.0.0.1:" + port);
      assertThat(saccade("cluster", "stop")).contains("ended");
    } finally {
      broker.descendants().forEach(ProcessHandle::destroyForcibly);
      broker.destroyForcibly();
      // Nothing is left of a cluster whose test has failed; without one this is refused.
      start(folder.resolve("stop.out"), "cluster", "stop").waitFor(60, TimeUnit.SECONDS);
    }
    assertThat(commandLines()).noneMatch(line -> line.contains(cluster()));
  }

  private static void playOnTheCluster(String brokers) throws Exception {
    String[] options = {"--", "--brokers", brokers, "--parallelism", "1", "--budget-cores", "0.5"};
    String first = last(saccade(with(options, "cluster", "submit", "--wait", "3m")));
    assertThat(first).matches("[0-9a-f]{32}");
    assertThat(saccade("cluster", "status"))
        .contains("TaskManagers 1 of 1, slots 1, free 0")
        .contains("job " + first)
        .containsPattern(": RUNNING, tasks running (\\d+) of \\1");
    assertThat(commandLines()).anyMatch(line -> line.contains(cluster()));
    String savepoint = last(saccade("cluster", "savepoint", "--stop"));
    assertThat(Path.of(savepoint.replaceFirst("^file:", "")))
        .isDirectory()
        .startsWith(Path.of(cluster(), "savepoints"));
    String next =
        last(
            saccade(
                with(
                    options, "cluster", "submit", "--wait", "3m", "--from-savepoint", savepoint)));
    assertThat(saccade("cluster", "status")).contains("job " + next).doesNotContain(first);
  }

  private static String[] with(String[] options, String... command) {
    return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
  }

  private static String last(String said) {
    return said.strip().lines().reduce("", (before, line) -> line);
  }

  private static void awaitBroker(Process broker) throws Exception {
    Path out = folder.resolve("broker.out");
    boolean there =
        Patience.until(
            Duration.ofSeconds(PATIENCE_SECONDS),
            () -> !broker.isAlive() || said(out).contains("Kafka broker at"));
    assertThat(there && broker.isAlive()).as("the broker runs: %s", said(out)).isTrue();
  }

  private static String said(Path out) {
    try {
      return Files.readString(out, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where `./saccade cluster` keeps everything, unless it is told otherwise. */
  private static String cluster() {
    return home.resolve("work").resolve("cluster").toString();
  }

  private static List<String> commandLines() {
    return ProcessHandle.allProcesses()
        .map(it -> it.info().commandLine().orElse(""))
        .toList();
  }

  /** ONNX Runtime's and OpenCV's are unpacked once, into a folder that is kept. */
  @Test
  @Order(7)
  void leavesNothingOutsideItsOwnFolder() throws Exception {
    assertThat(home.resolve("work/native")).isNotEmptyDirectory();
    try (var files = Files.list(home.resolve("work/native"))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .anyMatch(name -> name.startsWith("onnxruntime-"))
          .anyMatch(name -> name.startsWith("opencv-"));
    }
    assertThat(folder.resolve(".cache")).doesNotExist();
    assertThat(folder.resolve(".javacpp")).doesNotExist();
  }
}
