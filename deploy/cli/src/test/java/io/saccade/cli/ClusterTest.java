package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.TopicPlan;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/cluster.md on a session cluster: JobManager, TaskManager and {@code flink} in processes of
 * their own, with Flink's jars and what the page puts into lib, and nothing else.
 */
@Timeout(480)
class ClusterTest {
  /** Of Flink, and what Flink itself needs. */
  private static final Pattern CLUSTER =
      Pattern.compile(
          "(flink-(?!connector-kafka|table|json|test).*(?<!-tests)|snakeyaml-engine.*|kryo.*|reflectasm.*"
              + "|objenesis.*|minlog.*|commons-.*|javassist.*|async-profiler.*|jsr305.*|slf4j-api.*"
              + "|log4j-.*|lz4-java.*|snappy-java.*)\\.jar");

  private static final Pattern PUT_INTO_LIB =
      Pattern.compile("(onnxruntime|javacpp|openblas|opencv)-.*\\.jar");

  private static final Path BUNDLE = Docs.ROOT.resolve("models/gfnet/src/test/bundles/tiny");

  @TempDir Path folder;

  private static List<Path> classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(path.split(":", -1)).map(Path::of).toList();
  }

  private static List<Path> jars(Pattern wanted) {
    return classPath().stream()
        .filter(jar -> wanted.matcher(String.valueOf(jar.getFileName())).matches())
        .toList();
  }

  /** As {@code mvn package} has packed it, beside the jar for dependents. */
  private static Path packedJob() {
    return classPath().stream()
        .filter(jar -> String.valueOf(jar.getFileName()).matches("saccade-job-.*\\.jar"))
        .map(jar -> Path.of(jar.toString().replaceFirst("\\.jar$", "-flink.jar")))
        .filter(Files::exists)
        .findFirst()
        .orElse(folderOfTheModule());
  }

  private static Path folderOfTheModule() {
    return Docs.ROOT.resolve("flink-job/target/saccade-job-0.1.0-SNAPSHOT-flink.jar");
  }

  private void configure() throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve("conf")).resolve("config.yaml"),
        """
        jobmanager: {rpc: {address: 127.0.0.1, port: %d}, bind-host: 127.0.0.1}
        rest: {address: 127.0.0.1, bind-address: 127.0.0.1, port: %d}
        taskmanager:
          host: 127.0.0.1
          bind-host: 127.0.0.1
          numberOfTaskSlots: 2
          cpu: {cores: 2.0}
          memory:
            framework: {heap: {size: 64m}, off-heap: {size: 64m}}
            task: {heap: {size: 256m}, off-heap: {size: 128m}}
            network: {min: 32m, max: 32m}
            managed: {size: 0m}
            jvm-metaspace: {size: 128m}
            jvm-overhead: {min: 64m, max: 64m}
        io: {tmp: {dirs: %s}}
        """
            .formatted(EmbeddedBroker.freePort(), EmbeddedBroker.freePort(), folder));
  }

  /** What Flink's scripts would start. */
  private void programs(Terminal terminal) throws IOException {
    String jars =
        Stream.concat(jars(CLUSTER).stream(), jars(PUT_INTO_LIB).stream())
            .map(Path::toString)
            .distinct()
            .collect(Collectors.joining(":"));
    String java =
        "export FLINK_CONF_DIR=%s; exec %s -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "
                .formatted(
                    folder.resolve("conf"), Path.of(System.getProperty("java.home"), "bin/java"))
            + "--add-opens=java.base/java.util=ALL-UNNAMED -Dorg.bytedeco.javacpp.cachedir=%s -cp %s "
                .formatted(folder.resolve("cache"), jars);
    String runtime = "org.apache.flink.runtime.";
    String conf = " --configDir " + folder.resolve("conf");
    terminal.program(
        "jobmanager", java + runtime + "entrypoint.StandaloneSessionClusterEntrypoint" + conf);
    terminal.program("taskmanager", java + runtime + "taskexecutor.TaskManagerRunner" + conf);
    terminal.program("flink", java + "org.apache.flink.client.cli.CliFrontend \"$@\"");
  }

  /** The page's command that begins so, for this cluster. */
  private String command(String begins, Map<String, String> substitutions) throws IOException {
    String command =
        Docs.blocks("cluster.md", "").stream()
            .flatMap(block -> block.commands().stream())
            .filter(it -> it.startsWith(begins))
            .findFirst()
            .orElseThrow();
    for (Map.Entry<String, String> entry : substitutions.entrySet()) {
      command = command.replace(entry.getKey(), entry.getValue());
    }
    return command;
  }

  private static String first(Pattern pattern, String said) {
    Matcher match = pattern.matcher(said);
    assertThat(match.find()).as("%s in: %s", pattern, said).isTrue();
    return match.group(1);
  }

  @Test
  void thePagesCommandsRunTheJobAndTakeItOverThroughASavepoint() throws Exception {
    Path job = packedJob();
    boolean packed = Files.exists(job);
    assertThat(packed || !"true".equals(System.getenv("CI"))).as("%s is there", job).isTrue();
    assumeTrue(packed, "mvn package makes " + job);
    configure();
    Map<String, String> here = new LinkedHashMap<>();
    here.put("job/saccade-job-flink.jar", job.toString());
    // A machine that is busy with other tests may be late even for a single picture.
    here.put("/models/runway", BUNDLE + " --max-age 60m");
    here.put("file:///checkpoints", folder.resolve("checkpoints").toUri().toString());
    here.put("file:///savepoints", folder.resolve("savepoints").toUri().toString());
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        Terminal terminal = new Terminal(folder)) {
      TopicPlan.keeping(2).create(broker.address());
      here.put("broker:9092", broker.address());
      programs(terminal);
      terminal.startUntil("./jobmanager", "");
      terminal.startUntil("./taskmanager", "");

      String submitted = terminal.run(command("flink run -d job/", here));
      here.put("JOB", first(Pattern.compile("JobID ([0-9a-f]{32})"), submitted));
      terminal.runUntil(command("flink list", here), "(RUNNING)");
      send(broker.address(), 0);
      assertThat(labels(broker.address(), 1))
          .allMatch(label -> label.outcome().equals("classified"));

      String stopped = terminal.run(command("flink stop", here));
      here.put("SAVEPOINT", first(Pattern.compile("Path: (\\S+)"), stopped));
      send(broker.address(), 1);
      terminal.run(command("flink run -d -s", here));

      List<Label> labels = labels(broker.address(), 2);
      assertThat(labels.stream().map(label -> label.partition() + "/" + label.offset()))
          .doesNotHaveDuplicates();
    }
  }

  private static void send(String brokers, int partition) throws Exception {
    byte[] picture = Files.readAllBytes(BUNDLE.resolve("golden.png"));
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", brokers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.DEFAULT.frames(), partition, null, picture)).get();
    }
  }

  /** All labels, as soon as there are as many. */
  private static List<Label> labels(String brokers, int wanted) throws Exception {
    List<Label> labels = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", brokers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all = List.of(new TopicPartition(Topics.DEFAULT.labels(), 0));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      long start = System.nanoTime();
      while (labels.size() < wanted) {
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .as("time until %d labels, of which there are %s", wanted, labels)
            .isLessThan(Duration.ofMinutes(2));
        for (ConsumerRecord<byte[], byte[]> it : consumer.poll(Duration.ofMillis(200))) {
          labels.add(JsonCodec.LABEL.decode(it.value()));
        }
      }
    }
    return labels;
  }
}
