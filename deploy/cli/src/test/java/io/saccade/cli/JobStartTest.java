package io.saccade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.TopicPlan;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What keeps {@code saccade job} from starting is said, not thrown. */
@Timeout(60)
class JobStartTest {
  private static final String BUNDLE = "../../models/gfnet/src/test/bundles/tiny";

  @Test
  void namesTheTopicsThatAreMissingAndHowToMakeThem() {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      Run run = Run.saccade("job", "--brokers", broker.address(), "--bundle", BUNDLE);

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .contains("saccade.frames")
          .contains("saccade.dead-letters")
          .contains("--create-topics")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void refusesATransactionTimeoutThatTheBrokerDoesNotAllow(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      TopicPlan.passing(1).create(broker.address());

      Run run =
          Run.saccade(
              "job",
              "--brokers",
              broker.address(),
              "--bundle",
              BUNDLE,
              "--delivery",
              "exactly-once",
              "--checkpoint-dir",
              folder.toString(),
              "--transaction-timeout",
              "60m");

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("transaction.max.timeout.ms").contains("3600000 ms");
    }
  }

  @Test
  void waitsForABrokerThatComesLateAndGoesOn(@TempDir Path folder) throws Exception {
    int port = EmbeddedBroker.freePort();
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
      TopicPlan.passing(1).create(broker.address());
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    // Ends because of something that only a broker can tell.
    CompletableFuture<Run> job =
        CompletableFuture.supplyAsync(
            () ->
                Run.saccade(
                    said,
                    "job",
                    "--brokers",
                    "127.0.0.1:" + port,
                    "--bundle",
                    BUNDLE,
                    "--delivery",
                    "exactly-once",
                    "--checkpoint-dir",
                    folder.resolve("checkpoints").toString(),
                    "--transaction-timeout",
                    "60m"));
    String waiting = "waiting for a Kafka broker at 127.0.0.1:" + port;
    while (!said.toString(UTF_8).contains(waiting)) {
      assertThat(job).isNotDone();
      Thread.sleep(20);
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
      Run run = job.get(40, TimeUnit.SECONDS);

      assertThat(run.err())
          .containsOnlyOnce(waiting)
          .contains("Kafka answers at " + broker.address())
          .contains("transaction.max.timeout.ms");
    }
  }

  @Test
  void endsWithoutAStackTraceWhenTheCheckpointFolderIsAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      TopicPlan.passing(1).create(broker.address());

      Run run =
          Run.saccade(
              "job",
              "--brokers",
              broker.address(),
              "--bundle",
              BUNDLE,
              "--checkpoint-dir",
              file.toString());

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .contains("checkpoint directory must be a folder")
          .contains(file.toString())
          .doesNotContain("\tat ");
    }
  }

  @Test
  void saysAllThatIsWrongWithItsOptions() {
    Run run = Run.saccade("job", "--budget-cores", "7", "--parallelism", "2");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("at most 1.9 cores for 2 subtasks").contains("but was 7.0");
  }
}
