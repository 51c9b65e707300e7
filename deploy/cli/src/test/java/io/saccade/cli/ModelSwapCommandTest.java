package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.job.ClassifyJob;
import io.saccade.job.JobOptions;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.FlinkCluster;
import io.saccade.quickstart.TopicPlan;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command against a real job; all that a job refuses is in the quickstart's ModelSwapTest. */
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
  void whatIsNoBundleOrNoHashIsNotEvenOrdered() {
    Run nothing = swap("127.0.0.1:1", "--bundle", folder.resolve("nothing").toString());
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).contains("there is nothing at this path");
    assertThat(swap("127.0.0.1:1").code()).isEqualTo(2);
  }
}
