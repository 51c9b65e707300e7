package io.saccade.checks.access;

import static io.saccade.checks.access.SecuredKafka.CAMERA;
import static io.saccade.checks.access.SecuredKafka.CONSOLE;
import static io.saccade.checks.access.SecuredKafka.JOB;
import static io.saccade.checks.access.SecuredKafka.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.bench.camera.Waiting;
import io.saccade.checks.Command;
import io.saccade.checks.Program;
import io.saccade.checks.Web;
import io.saccade.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole system with TLS, users and rights, each part as a process with rights of its own. */
@Timeout(600)
class SystemAccessTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern REST = Pattern.compile("Rest endpoint listening at (\\S+:\\d+)");
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  /** What Flink's web page is made of. */
  private static final List<String> WEB_PAGES =
      List.of(
          "/config",
          "/jobmanager/config",
          "/jobmanager/environment",
          "/taskmanagers",
          "/jobs/overview");

  @TempDir static Path folder;
  private static SecuredKafka kafka;
  private static Program job;
  private static Program camera;
  private static int metricsPort;

  @BeforeAll
  static void start() throws Exception {
    kafka = SecuredKafka.start(folder.resolve("access"));
    metricsPort = EmbeddedBroker.freePort();
    job =
        saccade(
            "job",
            JOB,
            "--bundle",
            ROOT.resolve("models/gfnet/src/test/bundles/tiny").toString(),
            "--parallelism",
            "2",
            "--delivery",
            "exactly-once",
            "--checkpoint-dir",
            folder.resolve("checkpoints").toString(),
            "--metrics-port",
            "" + metricsPort);
    camera =
        saccade(
            "camera",
            CAMERA,
            ROOT.resolve("deploy/quickstart/clips/wrench-018124.mp4").toString(),
            "--loop",
            "--id",
            "gate",
            "--width",
            "320",
            "--health-port",
            "0");
    Waiting.until(
        () -> "the job classifies: " + job.said(), PATIENCE, () -> job.hasSaid("classifying"));
    Waiting.until(() -> "there are labels: " + metrics(), PATIENCE, () -> labels() > 20);
  }

  @AfterAll
  static void stop() {
    Stream.of(job, camera).filter(it -> it != null).forEach(Program::close);
    kafka.close();
  }

  /** A command with its user's properties. */
  private static Program saccade(String command, String user, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command, "--brokers", kafka.address()));
    arguments.addAll(List.of("--kafka-properties", kafka.properties(user)));
    arguments.addAll(List.of(more));
    Path own = Files.createTempDirectory(folder, command + "-");
    return Program.start(own, arguments.toArray(String[]::new));
  }

  private static String metrics() {
    return Web.get("http://127.0.0.1:" + metricsPort + "/metrics");
  }

  private static double labels() {
    return metrics()
        .lines()
        .filter(line -> line.startsWith("flink_taskmanager_job_task_operator_frames{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static Command budget(String what, String properties, String... more) {
    return command(List.of("budget", what), properties, more);
  }

  private static Command command(List<String> command, String properties, String... more) {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--brokers", kafka.address(), "--kafka-properties", properties));
    arguments.addAll(List.of(more));
    return Command.saccade(arguments.toArray(String[]::new));
  }

  @Test
  void theOperatorTurnsTheBudgetAndTheJobFollows() {
    Command set = budget("set", kafka.properties(OPERATOR), "--cores", "0.5");

    assertThat(set.code()).as(set.said()).isZero();
    assertThat(set.said()).contains("accepted by the job");
  }

  @Test
  void whoMayOnlyLookCannotTurnTheBudgetAndIsToldWhy() {
    Command set = budget("set", kafka.properties(CONSOLE), "--cores", "0.5");

    assertThat(set.code()).isEqualTo(1);
    assertThat(set.said())
        .contains("could not be written to saccade.control")
        .contains("Not authorized");
  }

  @Test
  void whoMayOnlyLookSeesTheBudget() {
    Command show = budget("show", kafka.properties(CONSOLE));

    assertThat(show.code()).as(show.said()).isZero();
    assertThat(show.said()).contains("subtask 0").contains("subtask 1");
  }

  @Test
  void aCameraSeesNeitherBudgetNorDecisions() {
    Command show = budget("show", kafka.properties(CAMERA));

    assertThat(show.code()).isEqualTo(1);
    assertThat(show.said()).contains("saccade.status").contains("may not be read by this user");
  }

  @Test
  void theConsoleShowsTheCameraWithTheRightToLookAlone() throws Exception {
    int port = EmbeddedBroker.freePort();
    try (Program console = saccade("console", CONSOLE, "--port", "" + port)) {
      Waiting.until("the console listens", PATIENCE, () -> console.hasSaid("console at"));
      String page = "http://127.0.0.1:" + port;
      Waiting.until(
          () -> "the stream tells of the camera: " + console.said(),
          PATIENCE,
          () -> Web.firstOf(page + "/api/stream", 64_000).contains("gate"));
    }
  }

  @Test
  void theConsoleEndsWhenThePasswordIsWrong() throws Exception {
    Command console =
        command(
            List.of("console"),
            kafka.propertiesWithWrongPassword(CONSOLE),
            "--port",
            "0",
            "--bundle",
            ROOT.resolve("models/gfnet/src/test/bundles/tiny").toString());

    assertThat(console.code()).isEqualTo(1);
    assertThat(console.said()).contains("does not let us in: Authentication failed");
  }

  @Test
  void theDoctorNamesTheRightThatIsMissingAndGoesOn() {
    Command doctor = command(List.of("doctor"), kafka.properties(JOB), "--json");

    assertThat(doctor.said())
        .contains("answers, 1 in the cluster")
        .contains("all seven are there")
        .contains("the right of DescribeConfigs and Describe on the topic")
        .doesNotContain("does not answer");
  }

  @Test
  void aJobWithACamerasRightsDoesNotStartAndSaysWhatItMissed() {
    Command wrong = command(List.of("job"), kafka.properties(CAMERA));

    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.said()).contains("saccade.labels").doesNotContain("classifying");
  }

  @Test
  void aCameraThatMayNotWriteSaysSo() throws Exception {
    try (Program wrong =
        saccade(
            "camera",
            CONSOLE,
            ROOT.resolve("deploy/quickstart/clips/wrench-018124.mp4").toString(),
            "--loop",
            "--id",
            "intruder",
            "--health-port",
            "0")) {
      Waiting.until(
          () -> "it says that it may not: " + wrong.said(),
          PATIENCE,
          () -> wrong.hasSaid("saccade.cameras may not be written"));
    }
  }

  @Test
  void aWrongPasswordIsSaidWithoutShowingIt() throws Exception {
    Command show = budget("show", kafka.propertiesWithWrongPassword(OPERATOR));

    assertThat(show.code()).isEqualTo(1);
    assertThat(show.said()).contains("Authentication failed").doesNotContain("not-the-password");
  }

  @Test
  void noPasswordIsSeenAnywhere() throws Exception {
    // Labels come with checkpoints only: some are there already.
    assertThat(Files.exists(folder.resolve("checkpoints"))).isTrue();
    TreeMap<String, String> shown = new TreeMap<>();
    shown.put("ps", job.commandLines() + camera.commandLines());
    shown.put("logs of the job", job.said());
    shown.put("logs of the camera", camera.said());
    shown.put("metrics", metrics());
    String rest = rest();
    for (String page : WEB_PAGES) {
      shown.put("web page " + page, Web.get(rest + page));
    }
    String jobs = Web.get(rest + "/jobs");
    Matcher id = Pattern.compile("[0-9a-f]{32}").matcher(jobs);
    assertThat(id.find()).as(jobs).isTrue();
    for (String page : List.of("", "/config", "/plan", "/checkpoints", "/checkpoints/config")) {
      shown.put("web page of the job " + page, Web.get(rest + "/jobs/" + id.group() + page));
    }
    shown.put("checkpoints", Contents.of(folder.resolve("checkpoints")));
    assertThat(shown.get("checkpoints").length()).isGreaterThan(1_000);
    for (String secret : kafka.secrets()) {
      assertThat(shown)
          .allSatisfy(
              (place, text) ->
                  assertThat(text.contains(secret)).as("a password in " + place).isFalse());
    }
  }

  private static String rest() {
    Matcher address = REST.matcher(job.said());
    assertThat(address.find()).as("the job's log names its web page").isTrue();
    return "http://" + address.group(1);
  }
}
