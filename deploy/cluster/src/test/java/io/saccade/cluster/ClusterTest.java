package io.saccade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saccade.cluster.chaos.BrokerProcess;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster and a broker in processes of their own, and the job on it through all that happens. */
@Timeout(480)
class ClusterTest {
  private static final Path BUNDLE =
      Path.of("../../models/gfnet/src/test/bundles/tiny").toAbsolutePath().normalize();

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();

  /** As mvn package makes it; where only tests are run it may be missing, but not in CI. */
  static void requirePackedJob() {
    boolean packed = true;
    try {
      Jars.ofThisProcess().job();
    } catch (IllegalStateException e) {
      packed = false;
    }
    assertThat(packed || !"true".equals(System.getenv("CI"))).as("the packed job").isTrue();
    assumeTrue(packed, "mvn package makes the packed job");
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(
              () -> Cluster.start(new ClusterOptions(folder, 1, 0, 1, port, 256, 128), said::add))
          .hasMessageContaining("port %d of 127.0.0.1 must be free".formatted(port));
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void goesOnWithTheJobWhoeverIsKilledAndLeavesNothingBehind() throws Exception {
    requirePackedJob();
    Path place = folder.resolve("a cluster");
    try (BrokerProcess broker =
        new BrokerProcess(folder.resolve("broker"), EmbeddedBroker.freePort(), 1)) {
      broker.begin();
      Cluster cluster = Cluster.start(new ClusterOptions(place, 1, 1, 1, 0, 256, 128), said::add);
      try {
        broker.awaitReady();
        playOn(cluster, broker.address());
      } finally {
        long start = System.nanoTime();
        cluster.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      }
      assertThat(processesOf(place)).isEmpty();
      assertThat(Cluster.at(place)).isEmpty();
      assertThat(place.toFile().list())
          .containsExactlyInAnyOrder("conf", "log", "checkpoints", "savepoints", "native");
    }
  }

  private void playOn(Cluster cluster, String brokers) throws Exception {
    assertThatThrownBy(() -> Cluster.start(ClusterOptions.in(cluster.folder()), said::add))
        .hasMessageContaining("a cluster is running already in " + cluster.folder());
    assertThat(listeners(cluster)).isNotEmpty().allMatch(it -> it.startsWith("0100007F:"));
    Jobs jobs = new Jobs(cluster, said::add);
    List<String> options =
        List.of(
            "--brokers",
            brokers,
            "--bundle",
            BUNDLE.toString(),
            "--max-age",
            "60m",
            "--checkpoint-interval",
            "300ms");
    String job = jobs.submit(null, options);
    assertThat(jobs.awaitTasks(job, Duration.ofSeconds(60))).isTrue();
    try (Frames frames = new Frames(brokers)) {
      frames.sendAndAwaitLabels(10);
      awaitCheckpoint(cluster);
      ClusterStatus status = cluster.status();
      assertThat(status.well()).isTrue();
      assertThat(status.freeSlots()).isEqualTo(1);

      String busy = busyTaskManager(cluster, job);
      cluster.life(busy).orElseThrow().kill();
      frames.sendAndAwaitLabels(20);
      awaitWell(cluster);
      assertThat(cluster.life(busy).orElseThrow().number()).isEqualTo(2);

      Life leader = cluster.life("jobmanager").orElseThrow();
      leader.kill();
      assertThat(Patience.until(Duration.ofSeconds(60), () -> !leader.runs())).isTrue();
      awaitWell(cluster);
      frames.sendAndAwaitLabels(30);
      assertThat(cluster.life("jobmanager").orElseThrow().number()).isEqualTo(2);

      String savepoint = jobs.savepoint(jobs.only(), true);
      frames.send(5);
      assertThat(Patience.until(Duration.ofSeconds(20), () -> cluster.status().jobs().isEmpty()))
          .isTrue();
      String next = jobs.submit(savepoint, options);
      assertThat(jobs.awaitTasks(next, Duration.ofSeconds(60))).isTrue();
      frames.sendAndAwaitLabels(36);
    }
    assertThatThrownBy(() -> jobs.submit(null, List.of("--parallelism", "0")))
        .hasMessageContaining("the job was not taken")
        .hasMessageContaining("parallelism must be within [1, 1024], but was 0");
  }

  private static void awaitWell(Cluster cluster) throws InterruptedException {
    assertThat(
            Patience.until(
                Duration.ofSeconds(90),
                () -> cluster.status().well() && cluster.status().jobs().size() == 1))
        .as("all well: %s", cluster.status())
        .isTrue();
  }

  private static void awaitCheckpoint(Cluster cluster) throws InterruptedException {
    assertThat(
            Patience.until(
                Duration.ofSeconds(30),
                () -> cluster.status().jobs().stream().anyMatch(it -> it.checkpoint() != null)))
        .isTrue();
  }

  private static String busyTaskManager(Cluster cluster, String job) throws InterruptedException {
    String vertex =
        cluster
            .rest()
            .ask("/jobs/" + job)
            .orElseThrow()
            .path("vertices")
            .path(0)
            .path("id")
            .asText();
    String id =
        cluster
            .rest()
            .ask("/jobs/%s/vertices/%s/taskmanagers".formatted(job, vertex))
            .orElseThrow()
            .path("taskmanagers")
            .path(0)
            .path("taskmanager-id")
            .asText();
    return id.substring(0, id.indexOf('.'));
  }

  /** Those whose command line names the folder. */
  private static List<Long> processesOf(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(
            it -> {
              try {
                return Files.readString(Path.of("/proc/" + it.pid(), "cmdline"))
                    .contains(folder.toString());
              } catch (IOException e) {
                return false;
              }
            })
        .map(ProcessHandle::pid)
        .toList();
  }

  /** Where the cluster's processes listen: address and port in hex. */
  private static List<String> listeners(Cluster cluster) throws IOException {
    List<String> inodes = new ArrayList<>();
    for (Life life : cluster.lives()) {
      try (Stream<Path> open = Files.list(Path.of("/proc/" + life.pid(), "fd"))) {
        for (Path file : open.toList()) {
          inodes.add(target(file).replaceAll("[^0-9]", ""));
        }
      }
    }
    List<String> listeners = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields[3].equals("0A") && inodes.contains(fields[9])) {
          // Java listens with sockets for both kinds of addresses.
          listeners.add(fields[1].replaceFirst("^0000000000000000FFFF0000", ""));
        }
      }
    }
    return listeners;
  }

  private static String target(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** Pictures to the job, and the places of those that have labels. */
  private static final class Frames implements AutoCloseable {
    private final byte[] picture = Files.readAllBytes(BUNDLE.resolve("golden.png"));
    private final LabelledPlaces labelled;
    private final KafkaProducer<byte[], byte[]> producer;
    private long sent;

    Frames(String brokers) throws IOException {
      labelled = new LabelledPlaces(brokers, Topics.DEFAULT.labels());
      producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", brokers, "acks", "all"),
              new ByteArraySerializer(),
              new ByteArraySerializer());
    }

    void send(long more) throws Exception {
      for (long i = 0; i < more; i++) {
        producer.send(new ProducerRecord<>(Topics.DEFAULT.frames(), picture)).get();
        sent++;
      }
    }

    /** Sends until there are so many frames, and waits until each has a label. */
    void sendAndAwaitLabels(long frames) throws Exception {
      send(frames - sent);
      assertThat(Patience.until(Duration.ofSeconds(90), () -> labelled.now().size() >= sent))
          .as("labels of %d frames: %s", sent, labelled.now())
          .isTrue();
    }

    @Override
    public void close() {
      producer.close();
      labelled.close();
    }
  }
}
