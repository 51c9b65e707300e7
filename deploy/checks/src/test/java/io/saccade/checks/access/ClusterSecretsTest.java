package io.saccade.checks.access;

import static io.saccade.checks.access.SecuredKafka.CAMERA;
import static io.saccade.checks.access.SecuredKafka.JOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.saccade.bench.camera.Waiting;
import io.saccade.checks.Web;
import io.saccade.cluster.Cluster;
import io.saccade.cluster.ClusterOptions;
import io.saccade.cluster.Jobs;
import io.saccade.wire.Topics;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where the job's password is when the job runs on a cluster of processes of its own: JobManager,
 * TaskManager, ZooKeeper.
 */
@Timeout(600)
class ClusterSecretsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Path BUNDLE =
      Path.of("../../models/gfnet/src/test/bundles/tiny").toAbsolutePath().normalize();

  /** A password beside the one that is referred to: of a key that there is not. */
  private static final String WRITTEN_OUT = "written-out-to-be-found";

  @TempDir static Path folder;
  private static final List<String> said = new ArrayList<>();
  private static SecuredKafka kafka;
  private static Cluster cluster;
  private static String job = "";

  @BeforeAll
  static void start() throws Exception {
    requirePackedJob();
    kafka = SecuredKafka.start(folder.resolve("access"));
    cluster =
        Cluster.start(
            new ClusterOptions(folder.resolve("cluster"), 1, 0, 1, 0, 256, 192), said::add);
    Path properties = Path.of(kafka.properties(JOB));
    Files.writeString(
        properties, "\nssl.key.password=" + WRITTEN_OUT + "\n", StandardOpenOption.APPEND);
    Jobs jobs = new Jobs(cluster, said::add);
    job =
        jobs.submit(
            null,
            List.of(
                "--brokers",
                kafka.address(),
                "--kafka-properties",
                properties.toString(),
                "--bundle",
                BUNDLE.toString(),
                "--delivery",
                "exactly-once",
                "--max-age",
                "60m",
                "--checkpoint-interval",
                "500ms"));
    assertThat(jobs.awaitTasks(job, PATIENCE)).isTrue();
    sendAPicture();
    Waiting.until(
        () -> "there is a checkpoint: " + page("/checkpoints"),
        PATIENCE,
        () -> count("/checkpoints", "counts", "completed") > 0);
  }

  /** As mvn package makes it; where only tests are run it may be missing, but not in CI. */
  private static void requirePackedJob() {
    boolean packed =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(it -> it.matches(".*/(saccade-job-[^/]*\\.jar|flink-job/target/.*)"))
            .map(it -> Path.of(it).resolveSibling("").toFile().list())
            .anyMatch(
                it -> it != null && Stream.of(it).anyMatch(jar -> jar.endsWith("-flink.jar")));
    assertThat(packed || !"true".equals(System.getenv("CI"))).as("the packed job").isTrue();
    assumeTrue(packed, "mvn package makes the packed job");
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.stop();
    }
    if (kafka != null) {
      kafka.close();
    }
  }

  private static void sendAPicture() throws Exception {
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka.clients(CAMERA), bytes, bytes)) {
      byte[] picture = Files.readAllBytes(BUNDLE.resolve("golden.png"));
      var unused =
          producer
              .send(new ProducerRecord<>(Topics.DEFAULT.frames(), picture))
              .get(60, TimeUnit.SECONDS);
    }
  }

  private static String web(String path) {
    return Web.get(cluster.rest().address().resolve(path).toString());
  }

  private static String page(String ofTheJob) {
    return web("/jobs/" + job + ofTheJob);
  }

  private static JsonNode asked(String path) {
    try {
      return cluster.rest().ask(path).orElseThrow();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int count(String ofTheJob, String group, String what) {
    return asked("/jobs/" + job + ofTheJob).path(group).path(what).asInt();
  }

  /** What Kafka's refusal leaves in logs and on Flink's page is searched as well. */
  @Test
  void aPasswordThatIsReferredToIsNowhereAndOneThatIsWrittenOutIsKeptWithTheJob() throws Exception {
    Map<String, String> shown = shown();
    takeTheRightToWriteLabels();
    sendAPicture();
    Waiting.until(
        () -> "Flink's page tells of the refusal: " + page("/exceptions"),
        PATIENCE,
        () -> page("/exceptions").contains("AuthorizationException"));
    shown().forEach((place, text) -> shown.put(place + ", after a failure", text));

    // A search that finds nothing in what is empty says nothing.
    assertThat(shown)
        .allSatisfy((place, text) -> assertThat(text.length()).as(place).isGreaterThan(20));
    for (String secret : kafka.secrets()) {
      assertThat(placesOf(secret, shown)).as("a password").isEmpty();
    }
    assertThat(placesOf(WRITTEN_OUT, shown))
        .as("a password that is written out")
        .containsExactlyInAnyOrder("files in ha", "files in ha, after a failure");
    assertThat(said).anyMatch(it -> it.contains("ssl.key.password") && it.contains("written out"));
    assertThat(said).noneMatch(it -> it.contains(WRITTEN_OUT));
  }

  private static List<String> placesOf(String secret, Map<String, String> shown) {
    return shown.entrySet().stream()
        .filter(it -> it.getValue().contains(secret))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void takeTheRightToWriteLabels() throws Exception {
    try (Admin admin = Admin.create(kafka.clients("admin"))) {
      AclBindingFilter right =
          new AclBindingFilter(
              new ResourcePatternFilter(
                  ResourceType.TOPIC, Topics.DEFAULT.labels(), PatternType.LITERAL),
              new AccessControlEntryFilter(
                  "User:" + JOB, "*", AclOperation.WRITE, AclPermissionType.ALLOW));
      assertThat(admin.deleteAcls(List.of(right)).all().get(60, TimeUnit.SECONDS)).hasSize(1);
    }
  }

  /** Everything that is seen of the cluster from outside, by where it is seen. */
  private static Map<String, String> shown() throws Exception {
    Map<String, String> shown = new TreeMap<>();
    for (var life : cluster.lives()) {
      shown.put(
          "command line of " + life.program(),
          Files.readString(Path.of("/proc/" + life.pid() + "/cmdline")));
    }
    // Logs and what was said, how it is started, what is kept for a JobManager that takes over.
    for (String kept : List.of("conf", "log", "run", "ha", "zookeeper", "checkpoints")) {
      shown.put("files in " + kept, Contents.of(cluster.folder().resolve(kept)));
    }
    for (String path :
        List.of(
            "/config",
            "/jobmanager/config",
            "/jobmanager/environment",
            "/jobmanager/log",
            "/jobmanager/thread-dump",
            "/taskmanagers",
            "/jobs/overview")) {
      shown.put("page " + path, web(path));
    }
    for (JsonNode taskManager : asked("/taskmanagers").path("taskmanagers")) {
      for (String more : List.of("", "/log", "/logs", "/thread-dump")) {
        shown.put(
            "page of a TaskManager " + more,
            web("/taskmanagers/" + taskManager.path("id").asText() + more));
      }
    }
    for (String path :
        List.of(
            "",
            "/config",
            "/plan",
            "/jobmanager/config",
            "/checkpoints",
            "/checkpoints/config",
            "/exceptions",
            "/accumulators")) {
      shown.put("page of the job " + path, page(path));
    }
    for (JsonNode vertex : asked("/jobs/" + job).path("vertices")) {
      shown.put(
          "page of " + vertex.path("name").asText(),
          page("/vertices/" + vertex.path("id").asText()));
    }
    return shown;
  }
}
