package io.saccade.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineReportTest {

  private static PipelineReport.Round round(long bare, long inProcess, long kafka) {
    return PipelineReport.Round.of(
        new Throughput(bare, 1_000_000_000, bare * 2),
        new Throughput(inProcess, 1_000_000_000, inProcess * 2),
        new Throughput(kafka, 1_000_000_000, kafka * 2));
  }

  private static PipelineReport report(PipelineReport.Round... rounds) {
    return PipelineReport.of(
        List.of(rounds), 20, 7.5, "pictures", "model", "machine", Map.of("flink", "2"));
  }

  @Test
  void comparesWithinARoundBeforeTakingTheMedian() {
    // The machine was twice as fast in the second round; ratios do not mind.
    PipelineReport report = report(round(100, 90, 70), round(200, 190, 150), round(110, 88, 66));

    assertThat(report.bareFps()).isEqualTo(110);
    assertThat(report.inProcessFps()).isEqualTo(90);
    assertThat(report.inProcessRatio()).isCloseTo(0.9, within(1e-12));
    assertThat(report.kafkaRatio()).isCloseTo(0.7, within(1e-12));
    assertThat(report.rounds().get(0).meanLooks()).isEqualTo(2);
  }

  @Test
  void tellsHowFarTheRoundsAreApart() {
    PipelineReport report = report(round(90, 90, 90), round(100, 100, 100), round(120, 120, 120));

    assertThat(report.spread().get("bareFps")).isCloseTo(0.3, within(1e-12));
    assertThat(report.spread().get("kafkaRatio")).isZero();
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    assertThat(
            PipelineReport.median(
                List.of(round(1, 1, 1), round(4, 1, 1), round(2, 1, 1), round(9, 1, 1)),
                PipelineReport.Round::bareFps))
        .isEqualTo(3);
  }

  @Test
  void refusesToReportAStretchInWhichNothingCame() {
    assertThatThrownBy(() -> new Throughput(0, 1_000_000_000, 0))
        .hasMessageContaining("but 0 frames with 0 looks were in 1000 ms");
  }

  @Test
  void saysAllThatIsWrongWithTheOptionsAtOnce() {
    assertThatThrownBy(() -> new BenchOptions(Path.of("."), Path.of("."), 0, 2, -1.0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seconds must be within [0.5, 3600], but was 0.0")
        .hasMessageContaining("rounds must be within [3, 1000], but was 2")
        .hasMessageContaining("position must be at least 0, but was -1.0");
  }
}
