package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.cluster.Cluster;
import io.saccade.job.Delivery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults on the real thing: one of each deadly kind, and a short standstill. */
@Timeout(400)
class ChaosTest {
  @TempDir Path folder;

  private ChaosOptions options(
      Set<FaultKind> kinds, int faults, Delivery guarantee, Duration frozen) {
    Path job = Path.of("../../flink-job/target/saccade-job-0.1.0-SNAPSHOT-flink.jar");
    assertThat(Files.exists(job) || !"true".equals(System.getenv("CI"))).as("%s", job).isTrue();
    assumeTrue(Files.exists(job), "mvn package makes " + job);
    return new ChaosOptions(
        folder,
        3,
        faults,
        kinds,
        guarantee,
        4,
        5,
        1,
        0.5,
        null,
        frozen,
        Path.of("../../models/gfnet/src/test/bundles/tiny"),
        Path.of("../../deploy/quickstart/clips"));
  }

  @Test
  void everyFrameHasExactlyOneLabelWhoeverIsKilled() throws Exception {
    Set<FaultKind> deadly = EnumSet.complementOf(EnumSet.of(FaultKind.FREEZE));
    List<String> said = new ArrayList<>();

    ChaosReport report =
        Chaos.run(options(deadly, 3, Delivery.EXACTLY_ONCE, ChaosOptions.FROZEN), said::add);

    assertThat(report.complaints()).as("%s", said).isEmpty();
    assertThat(report.frames()).as("frames lost").isGreaterThan(100).isEqualTo(report.labels());
    assertThat(report.faults())
        .extracting(ChaosReport.Fault::kind)
        .containsExactlyInAnyOrder("kill-taskmanager", "kill-jobmanager", "kill-broker");
    assertThat(report.faults())
        .allSatisfy(fault -> assertThat(fault.secondsToFirstFreshLabel()).isNotNull());
    assertThat(report.cpuMillis().committed()).isPositive();
    assertThat(report.checkpoints().complete()).isGreaterThan(3);
    assertThat(Cluster.at(folder.resolve("cluster"))).isEmpty();
    report.write(folder.resolve("report.json"));
    JsonNode written = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    assertThat(written.path("lost").asInt(-1)).as("frames lost").isZero();
    assertThat(written.path("faults").path(0).path("at").asText()).endsWith("Z");
  }

  @Test
  void everyFrameHasALabelWhoeverStandsStillAtLeastOnce() throws Exception {
    List<String> said = new ArrayList<>();

    ChaosReport report =
        Chaos.run(
            options(EnumSet.of(FaultKind.FREEZE), 1, Delivery.AT_LEAST_ONCE, Duration.ofSeconds(2)),
            said::add);

    assertThat(report.complaints()).as("%s", said).isEmpty();
    assertThat(report.guarantee()).isEqualTo("at-least-once");
    assertThat(report.frames()).as("frames lost").isPositive().isEqualTo(report.labels());
    assertThat(report.faults()).extracting(ChaosReport.Fault::kind).containsExactly("freeze");
    // All is well at the earliest when it goes on.
    assertThat(report.faults().get(0).secondsUntilWell()).isGreaterThan(2);
  }
}
