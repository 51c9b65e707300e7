package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.job.ClassifyJob;
import io.saccade.job.JobOptions;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.FlinkCluster;
import io.saccade.quickstart.Tail;
import io.saccade.quickstart.TopicPlan;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command against real jobs and scripted ones; all that a job refuses is in the quickstart's
 * ModelSwapTest.
 */
@Timeout(120)
class ModelSwapCommandTest {
  private static final Path TINY = Docs.ROOT.resolve("models/gfnet/src/test/bundles/tiny");

  @TempDir Path folder;

  private static Path copy(Path to, String id) throws IOException {
    Files.createDirectories(to);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(TINY)) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    Path manifest = to.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"tiny\"", '"' + id + '"'));
    return to;
  }

  private static Run swap(String brokers, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "model";
    all[1] = "swap";
    all[2] = "--brokers";
    all[3] = brokers;
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return Run.saccade(all);
  }

  @Test
  void waitsUntilTheModelIsInForceOrPrintsWhyNot() throws Exception {
    Path models = folder.resolve("models");
    Path first = copy(models.resolve("first"), "first");
    Path second = copy(models.resolve("second"), "second");
    Path elsewhere = copy(folder.resolve("elsewhere"), "elsewhere");
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        FlinkCluster flink = FlinkCluster.start(2, 0, Files.createDirectory(folder.resolve("f")))) {
      TopicPlan.passing(2).create(broker.address());
      Run nobody = swap(broker.address(), "--bundle", second.toString(), "--wait", "1s");
      assertThat(nobody.code()).isEqualTo(1);
      assertThat(nobody.err()).contains("no running job has answered");

      var environment = flink.environment();
      ClassifyJob.kafka(
          environment,
          JobOptions.builder().brokers(broker.address()).bundle(first).parallelism(2).build());
      var job = flink.submit(environment, "saccade");

      Run taken = swap(broker.address(), "--bundle", second.toString());
      assertThat(taken.err()).isEmpty();
      assertThat(taken.code()).isZero();
      assertThat(taken.out())
          .contains("ordered: " + second, "(order 2)", "in force on 2 of 2 subtasks");

      Run refused = swap(broker.address(), "--bundle", elsewhere.toString());
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err())
          .contains("subtask 0 refused it", "subtask 1 refused it", "location must be within");
      assertThat(refused.out()).contains("in force on 0 of 2 subtasks");

      Run unpinned =
          swap(broker.address(), "--bundle", first.toString(), "--sha256", "f".repeat(64));
      assertThat(unpinned.err()).contains("as it is pinned");
      flink.cancel(job);
    }
  }

  @Test
  void waitsForEveryJobAndSaysWhichOneRefused() throws Exception {
    Topics topics = Topics.withPrefix("saccade");
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        KafkaProducer<byte[], byte[]> producer = producer(broker.address())) {
      TopicPlan.passing(1).create(broker.address());
      for (String job : List.of("day", "night")) {
        producer.send(new ProducerRecord<>(topics.status(), encoded(decision(job)))).get();
      }
      try (Tail jobs =
          Tail.from(
              broker.address(),
              List.of(topics.control()),
              record -> {
                long epoch = JsonCodec.MODEL_ORDER.decode(record.value()).epoch();
                for (Status answer :
                    List.of(
                        Status.answer(from("day", epoch), Status.MODEL_IN_FORCE, null),
                        Status.answer(from("night", epoch), Status.MODEL_REFUSED, "no disk"))) {
                  var unused =
                      producer.send(new ProducerRecord<>(topics.status(), encoded(answer)));
                }
              })) {
        Run run = swap(broker.address(), "--bundle", TINY.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
            .contains("subtask 0 of job night refused it and goes on as before: no disk");
        assertThat(run.out())
            .contains("in force on 1 of 1 subtasks of job day")
            .contains("in force on 0 of 1 subtasks of job night");
        assertThat(jobs).isNotNull();
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String brokers) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", brokers), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static byte[] encoded(Status status) {
    return JsonCodec.STATUS.encode(status);
  }

  private static Status.From from(String job, long epoch) {
    return new Status.From(0, 1, System.currentTimeMillis(), epoch, job);
  }

  private static Status decision(String job) {
    return Status.decision(
        from(job, 0),
        null,
        new Status.Settings(0.7, 150_000_000, 900_000_000, 10_000_000_000L, 500_000_000),
        null,
        List.of(),
        new Status.Decided(1, 1, 60, 60, 5e6, 1),
        null);
  }

  @Test
  void whatIsNoBundleOrNoHashIsNotEvenOrdered() {
    Run nothing = swap("127.0.0.1:1", "--bundle", folder.resolve("nothing").toString());
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).contains("there is nothing at this path");
    assertThat(swap("127.0.0.1:1").code()).isEqualTo(2);
  }
}
