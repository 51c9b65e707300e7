package io.saccade.bench.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleReportTest {
  /** The load differs from round to round, the page costs the same. */
  private static final List<ConsoleReport.Round> ROUNDS =
      List.of(round(0.02, 0.035, 0.036), round(0.03, 0.045, 0.045), round(0.05, 0.066, 0.065));

  @TempDir Path folder = Path.of("");

  private static ConsoleReport.Round round(double nobody, double one, double slow) {
    return new ConsoleReport.Round(nobody, one, slow, 40, 78, 38, 400, 16.7, 33);
  }

  private static ConsoleReport report() {
    return ConsoleReport.of(40, ROUNDS, 90, "two cores", 0.5, 1, Map.of("browser", "Chrome/1"));
  }

  @Test
  void whatAPageCostsIsTheDifferenceWithinARound() {
    ConsoleReport report = report();

    assertThat(report.noPageCores()).isEqualTo(0.03);
    assertThat(report.onePageCores()).isEqualTo(0.045);
    assertThat(report.pageCores()).isCloseTo(0.015, within(1e-9));
    assertThat(report.slowPageCores()).isCloseTo(0, within(1e-9));
  }

  @Test
  void writesEachRoundToo() throws Exception {
    Path file = folder.resolve("new/console.json");

    report().write(file);

    JsonNode read = new ObjectMapper().readTree(file.toFile());
    assertThat(read.path("rounds")).hasSize(3);
    assertThat(read.at("/rounds/1/onePageCores").asDouble()).isEqualTo(0.045);
    assertThat(read.path("cameras").asInt()).isEqualTo(40);
  }

  @Test
  void saysWhatCannotBeMeasured() {
    assertThatThrownBy(() -> new ConsoleBenchOptions(folder, 0, 10, 3, null))
        .hasMessage("cameras must be within [1, 1000], but was 0");
    assertThatThrownBy(() -> new ConsoleBenchOptions(folder, 40, 10, 0, null))
        .hasMessage("seconds and rounds must be at least 1, but were 10 and 0");
  }
}
