package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.cluster.Cluster;
import io.saccade.job.Delivery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One fault of each deadly kind on the real thing. */
@Timeout(400)
class ChaosTest {
  @TempDir Path folder;

  @Test
  void everyFrameHasExactlyOneLabelWhoeverIsKilled() throws Exception {
    Path job = Path.of("../../flink-job/target/saccade-job-0.1.0-SNAPSHOT-flink.jar");
    assertThat(Files.exists(job) || !"true".equals(System.getenv("CI"))).as("%s", job).isTrue();
    assumeTrue(Files.exists(job), "mvn package makes " + job);
    List<String> said = new ArrayList<>();

    ChaosReport report =
        Chaos.run(
            new ChaosOptions(
                folder,
                3,
                3,
                EnumSet.complementOf(EnumSet.of(FaultKind.FREEZE)),
                Delivery.EXACTLY_ONCE,
                4,
                5,
                1,
                0.5,
                null,
                ChaosOptions.FROZEN,
                Path.of("../../models/gfnet/src/test/bundles/tiny"),
                Path.of("../../deploy/quickstart/clips")),
            said::add);

    assertThat(report.complaints()).as("%s", said).isEmpty();
    assertThat(report.frames()).isGreaterThan(100).isEqualTo(report.labels());
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
    assertThat(written.path("lost").asInt(-1)).isZero();
    assertThat(written.path("faults").path(0).path("at").asText()).endsWith("Z");
  }
}
