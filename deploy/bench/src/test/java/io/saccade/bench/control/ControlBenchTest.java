package io.saccade.bench.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class ControlBenchTest {
  @TempDir Path folder;

  /**
   * Short: it shows that the deeds are done and what is reported, not how well the budget holds.
   */
  @Test
  void playsATheftAnOutageAndABudgetChangeOnTheRealJob() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ControlOptions options =
        new ControlOptions(
            Path.of("../quickstart/clips"),
            Path.of("../../models/bundles/runway"),
            List.of(Trials.THEFT, Trials.OUTAGE, Trials.BUDGET),
            0.1,
            1,
            2,
            1);

    ControlReport report = ControlBench.run(options, new PrintStream(out, true, UTF_8));
    report.write(folder.resolve("c.json"));

    JsonNode figures = new ObjectMapper().readTree(folder.resolve("c.json").toFile());
    assertThat(figures.get("results")).hasSize(3);
    for (JsonNode result : figures.get("results")) {
      String scenario = result.get("scenario").asText();
      assertThat(result.at("/real/unaccounted").asLong()).as(scenario).isZero();
      assertThat(result.at("/real/used").asDouble()).as(scenario).isBetween(0.01, 2.0);
      assertThat(result.at("/real/looks").asDouble()).as(scenario).isBetween(1.0, 3.0);
    }
    assertThat(figures.at("/results/0/simulated")).hasSize(5);
    assertThat(figures.at("/results/0/beside/theft").asDouble()).isGreaterThanOrEqualTo(1);
    // Six of nine seconds the job was down; what waited then was too old.
    assertThat(figures.at("/results/1/real/shed").asDouble()).isGreaterThan(0.3);
    assertThat(figures.at("/results/2/beside/secondsToForce")).hasSize(4);
    assertThat(out.toString(UTF_8)).contains("run 3 of 3: budget-change");
    assertThat(report.table()).anyMatch(line -> line.startsWith("frames without a label"));
  }
}
