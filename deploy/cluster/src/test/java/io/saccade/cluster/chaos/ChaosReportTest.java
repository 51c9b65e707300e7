package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosReportTest {
  private static ChaosReport report(
      String guarantee, long lost, long duplicates, long failedInARow, @Nullable String problem) {
    return new ChaosReport(
        1,
        guarantee,
        100,
        100 - lost,
        lost,
        duplicates,
        0,
        0,
        Map.of(),
        problem,
        List.of(),
        new ChaosReport.Percentiles(1, 2),
        new ChaosReport.Percentiles(1, 2),
        new ChaosReport.Checkpoints(9, 3, 7, failedInARow, 10, 20, 10, 15),
        new ChaosReport.Cost(10, 1),
        new ChaosReport.Held(0, List.of(), List.of(), List.of()),
        60,
        4,
        5,
        1,
        0,
        0,
        "machine",
        Map.of());
  }

  @Test
  void isGoodWhenEveryFrameHasItsLabel() {
    assertThat(report("exactly-once", 0, 0, 2, null).complaints()).isEmpty();
  }

  @Test
  void forgivesDoublesToAtLeastOnceAlone() {
    assertThat(report("at-least-once", 0, 7, 0, null).complaints()).isEmpty();
    assertThat(report("exactly-once", 0, 7, 0, null).complaints())
        .containsExactly("7 labels came twice");
  }

  @Test
  void saysAllThatIsWrong() {
    assertThat(report("at-least-once", 3, 0, 3, "the job did not come back").complaints())
        .containsExactly(
            "the job did not come back", "3 frames have no label", "3 checkpoints failed in a row");
  }

  @Test
  void isJudgedInItsFileAsInItsTable(@TempDir Path folder) throws Exception {
    ChaosReport good = report("exactly-once", 0, 0, 2, null);
    good.write(folder.resolve("good.json"));

    JsonNode judgements =
        new ObjectMapper().readTree(folder.resolve("good.json").toFile()).path("judgements");
    assertThat(judgements).hasSize(Bound.values().length);
    assertThat(judgements.findValuesAsText("missed")).containsOnly("false");
    assertThat(judgements.path(5).path("bound").asText()).isEqualTo("calm-latency");
    assertThat(judgements.path(5).path("found").asDouble()).isEqualTo(2);
    assertThat(judgements.path(5).path("most").asDouble()).isEqualTo(700);
    assertThat(good.missed()).isEmpty();
  }
}
