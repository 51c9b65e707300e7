package io.saccade.checks.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.bench.camera.Waiting;
import io.saccade.checks.Needs;
import io.saccade.checks.Program;
import io.saccade.checks.Script;
import io.saccade.checks.Web;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.TopicPlan;
import io.saccade.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules and dashboard against a real Prometheus that scrapes a real job and a real camera. */
@Timeout(600)
class MonitoringTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path MONITORING = ROOT.resolve("deploy/monitoring");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern METRIC = Pattern.compile("\\b(flink|saccade)_[a-zA-Z0-9_]+");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static @Nullable EmbeddedBroker broker;
  private static @Nullable Program job;
  private static @Nullable Program camera;
  private static @Nullable Prometheus prometheus;

  @BeforeAll
  static void start() throws Exception {
    new Needs("prometheus", "Debian package: prometheus").require();
    EmbeddedBroker kafka = EmbeddedBroker.start();
    broker = kafka;
    TopicPlan.passing(2).create(kafka.address());
    int jobPort = EmbeddedBroker.freePort();
    int cameraPort = EmbeddedBroker.freePort();
    Program classifying =
        Program.start(
            folder.resolve("job"),
            "job",
            "--brokers",
            kafka.address(),
            "--bundle",
            ROOT.resolve("models/gfnet/src/test/bundles/tiny").toString(),
            "--parallelism",
            "2",
            "--checkpoint-interval",
            "1s",
            // What is no picture must be looked at, however busy the machine is.
            "--max-age",
            "2m",
            // Agreement is not a number before the first.
            "--audit",
            "20%",
            "--metrics-port",
            "" + jobPort);
    job = classifying;
    camera =
        Program.start(
            folder.resolve("camera"),
            "camera",
            ROOT.resolve("deploy/quickstart/clips/wrench-018124.mp4").toString(),
            "--loop",
            "--id",
            "gate",
            "--width",
            "320",
            "--brokers",
            kafka.address(),
            "--health-port",
            "" + cameraPort);
    Waiting.until("the job classifies", PATIENCE, () -> classifying.hasSaid("classifying"));
    // Not before: a start of minutes, as on a busy machine, is a job that is gone.
    prometheus =
        Prometheus.start(
            folder.resolve("prometheus"),
            MONITORING.resolve("saccade.rules.yaml"),
            new TreeMap<>(Map.of("saccade-job", jobPort, "saccade-cameras", cameraPort)));
    sendWhatIsNoPicture(kafka.address());
    for (String wanted :
        List.of(
            "saccade:frames:rate1m",
            "sum(rate(saccade_camera_frames_total[1m]))",
            "max(flink_jobmanager_job_numberOfCompletedCheckpoints)",
            "sum(flink_taskmanager_job_task_operator_deadLetters)",
            "sum(flink_taskmanager_job_task_operator_audits)")) {
      Waiting.until(wanted + " is above 0", PATIENCE, () -> value(wanted) > 0);
    }
    assertThat(Web.status("http://127.0.0.1:" + jobPort + "/metrics")).isEqualTo(200);
  }

  private static void sendWhatIsNoPicture(String brokers) throws Exception {
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", brokers), bytes, bytes)) {
      var unused =
          producer
              .send(
                  new ProducerRecord<>(
                      Topics.DEFAULT.frames(), "x".getBytes(UTF_8), "no picture".getBytes(UTF_8)))
              .get(20, TimeUnit.SECONDS);
    }
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
    Stream.of(camera, job).filter(it -> it != null).forEach(Program::close);
    if (broker != null) {
      broker.close();
    }
  }

  private static Prometheus prometheus() {
    if (prometheus == null) {
      throw new IllegalStateException("Prometheus must have been started, but was not");
    }
    return prometheus;
  }

  private static double value(String expression) {
    return prometheus().query(expression).path(0).path("value").path(1).asDouble();
  }

  @Test
  void promtoolFindsNothingWrong() throws Exception {
    String rules = MONITORING.resolve("saccade.rules.yaml").toString();
    assertThat(Script.run(Map.of(), List.of("promtool", "check", "rules", rules)))
        .contains("SUCCESS");
    String configuration = MONITORING.resolve("prometheus.yaml").toString();
    assertThat(Script.run(Map.of(), List.of("promtool", "check", "config", configuration)))
        .contains("SUCCESS");
  }

  @Test
  void everyAlertFiresWhenItShouldAndOnlyThen() throws Exception {
    String tests = MONITORING.resolve("saccade.rules.test.yaml").toString();
    assertThat(Script.run(Map.of(), List.of("promtool", "test", "rules", tests)))
        .contains("SUCCESS");
  }

  @Test
  void everyAlertHasATest() throws Exception {
    JsonNode tests =
        new com.fasterxml.jackson.dataformat.yaml.YAMLMapper()
            .readTree(MONITORING.resolve("saccade.rules.test.yaml").toFile());
    Set<String> fired = new TreeSet<>();
    for (JsonNode test : tests.path("tests")) {
      for (JsonNode alert : test.path("alert_rule_test")) {
        if (!alert.path("exp_alerts").isEmpty()) {
          fired.add(alert.path("alertname").asText());
        }
      }
    }
    assertThat(fired).isEqualTo(rules("alerting"));
  }

  private static Set<String> rules(String kind) {
    Set<String> names = new TreeSet<>();
    for (JsonNode group : prometheus().rules()) {
      for (JsonNode rule : group.path("rules")) {
        if (rule.path("type").asText().equals(kind)) {
          names.add(rule.path("name").asText());
        }
      }
    }
    return names;
  }

  @Test
  void everyRuleIsEvaluatedAndEveryRecordHasANumber() throws Exception {
    Set<String> recorded = rules("recording");
    assertThat(recorded).hasSizeGreaterThan(8);
    Waiting.until(
        () -> "every record has a number, but not " + withoutNumber(recorded),
        PATIENCE,
        () -> withoutNumber(recorded).isEmpty());
    for (JsonNode group : prometheus().rules()) {
      for (JsonNode rule : group.path("rules")) {
        assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
      }
    }
  }

  @Test
  void everyMetricThatAnAlertAsksForIsThere() throws Exception {
    Set<String> metrics = new TreeSet<>();
    for (JsonNode group : prometheus().rules()) {
      for (JsonNode rule : group.path("rules")) {
        Matcher metric = METRIC.matcher(rule.path("query").asText());
        while (metric.find()) {
          metrics.add(metric.group());
        }
      }
    }
    assertThat(metrics).hasSizeGreaterThan(12);
    // A scrape that is late on a busy machine takes all series of its target with it until the
    // next.
    Waiting.until(
        () -> "every metric is there, but not " + absent(metrics),
        PATIENCE,
        () -> absent(metrics).isEmpty());
  }

  private static List<String> absent(Set<String> metrics) {
    return metrics.stream().filter(metric -> prometheus().query(metric).isEmpty()).toList();
  }

  /**
   * Most alerts want minutes until they fire, which this job does not live: those that are pending
   * count, once the start, and what was no picture, are over.
   */
  @Test
  void aJobThatIsWellRaisesNoAlert() throws Exception {
    Waiting.until(
        () -> "no alert is pending or fires, but there are " + alerts("ALERTS"),
        PATIENCE,
        () -> alerts("ALERTS").isEmpty());
    assertThat(alerts("max_over_time(ALERTS{alertstate=\"firing\"}[1h])")).isEmpty();
  }

  private static Set<String> alerts(String query) {
    Set<String> names = new TreeSet<>();
    prometheus()
        .query(query)
        .forEach(alert -> names.add(alert.path("metric").path("alertname").asText()));
    return names;
  }

  /** A number, which an answer alone need not have: gauges of nothing are NaN. */
  @Test
  void everyQueryOfTheDashboardReturnsANumber() throws Exception {
    JsonNode dashboard = JSON.readTree(MONITORING.resolve("grafana-dashboard.json").toFile());
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String query = target.path("expr").asText().replace("$job", ".*");
        assertThat(query).as(panel.path("title").asText()).doesNotContain("$");
        queries.add(query);
      }
    }
    assertThat(queries).hasSizeGreaterThan(35);
    Waiting.until(
        () -> "every query returns a number, but not " + withoutNumber(queries),
        PATIENCE,
        () -> withoutNumber(queries).isEmpty());
  }

  private static List<String> withoutNumber(Collection<String> queries) {
    return queries.stream().filter(query -> prometheus().numbers(query).isEmpty()).toList();
  }

  @Test
  void whatIsNotANumberIsNotTakenForOne() {
    assertThat(prometheus().query("vector(NaN)")).isNotEmpty();
    assertThat(prometheus().numbers("vector(NaN)")).isEmpty();
    assertThat(prometheus().numbers("vector(1) / 0")).isEmpty();
    assertThat(prometheus().numbers("vector(2)")).containsExactly(2.0);
  }

  @Test
  void theDashboardsJobsAreFoundByTheirName() throws Exception {
    JsonNode dashboard = JSON.readTree(MONITORING.resolve("grafana-dashboard.json").toFile());
    Matcher labels =
        Pattern.compile("label_values\\((\\w+), (\\w+)\\)")
            .matcher(dashboard.path("templating").path("list").path(1).path("query").asText());
    assertThat(labels.matches()).isTrue();
    assertThat(
            prometheus()
                .query(labels.group(1))
                .path(0)
                .path("metric")
                .path(labels.group(2))
                .asText())
        .isNotEmpty();
  }

  @Test
  void countersOnlyGrow() throws Exception {
    for (String counter :
        List.of(
            "flink_taskmanager_job_task_operator_frames",
            "flink_taskmanager_job_task_operator_looks",
            "flink_taskmanager_job_task_operator_spentNanos",
            "flink_taskmanager_job_task_operator_stage_cpuNanos",
            "flink_taskmanager_job_task_operator_outcome_reason_labels",
            "saccade_camera_frames_total",
            "saccade_camera_acknowledged_total")) {
      assertThat(prometheus().query("resets(" + counter + "[5m])"))
          .as(counter)
          .isNotEmpty()
          .allSatisfy(series -> assertThat(series.path("value").path(1).asText()).isEqualTo("0"));
    }
  }

  @Test
  void everyFrameHasALabelInTheMetricsToo() {
    assertThat(
            value(
                "sum(flink_taskmanager_job_task_operator_frames) - sum(flink_taskmanager_job_task_operator_outcome_reason_labels)"))
        // A scrape may come between the two.
        .isBetween(-2.0, 2.0);
  }
}
