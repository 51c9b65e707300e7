package io.saccade.bench.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.simulate.measure.Measures;
import io.saccade.simulate.measure.Oracle;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final Beside BESIDE = new Beside(0, 0, 0.004, 1, List.of(), List.of());

  /** Of which only a few differ. */
  private static Measures measures(double most10, double ageP99, double looks, long unaccounted) {
    return new Measures(
        0.8,
        1,
        0.99,
        most10,
        0.995,
        1.01,
        0.05,
        ageP99,
        1,
        looks,
        looks,
        0.7,
        0.7,
        new Oracle(0.7, 0.7),
        0.02,
        0.01,
        0.025,
        1.5,
        1,
        0.5,
        0.08,
        0.3,
        unaccounted);
  }

  private static Result result(String scenario, String controller, Measures real) {
    Measures simulated = measures(1.02, 0.1, 2, 0);
    return new Result(scenario, controller, 1, 72, real, List.of(simulated), BESIDE);
  }

  private static Finding finding(List<Result> results, String measure) {
    return Findings.of(results).stream()
        .filter(it -> it.measure().equals(measure))
        .findAny()
        .orElseThrow();
  }

  @Test
  void theBudgetErrorIsOfTheWindowThatIsFurthestOff() {
    Finding finding =
        finding(
            List.of(
                result(Trials.EVEN, "law", measures(1.05, 0.1, 2, 0)),
                result(Trials.EVEN, "law", measures(1.09, 0.1, 2, 0)),
                result(Trials.EVEN, "law", measures(1.03, 0.1, 2, 0))),
            "budget error over 10 s, %");

    assertThat(finding.real().median()).isCloseTo(5, within(1e-9));
    assertThat(finding.real().most()).isCloseTo(9, within(1e-9));
    assertThat(finding.simulated()).isNotNull();
    assertThat(finding.cells())
        .containsExactly(
            "budget error over 10 s, %",
            "even", "at most 8.0", "5.0 (3.0 to 9.0)", "2.0", "3.0 (2.5)");
  }

  @Test
  void agesAreAskedToBeHalfOfTheBetterOfTheOthers() {
    List<Result> results =
        List.of(
            result(Trials.FLOOD, "law", measures(1, 0.31, 1, 0)),
            result(Trials.FLOOD, "aimd", measures(1, 0.70, 1, 0)),
            result(Trials.FLOOD, "pi", measures(1, 0.60, 1, 0)));

    Finding finding = finding(results, "age, 99 %, s");

    assertThat(finding.wanted()).isCloseTo(0.3, within(1e-9));
    assertThat(finding.held()).isFalse();
    assertThat(finding.cells()).contains("at most 0.30, missed");
    assertThat(finding(results, "the same with pi").real().median()).isEqualTo(0.6);
  }

  @Test
  void comparesTheOtherCamerasWithARunWithoutTheHostileOne() {
    Finding finding =
        finding(
            List.of(
                result(Trials.FRIENDLY, "law", measures(1, 0.1, 2.0, 0)),
                result(Trials.HOSTILE, "law", measures(1, 0.1, 1.8, 0))),
            "looks that other cameras lose, %");

    assertThat(finding.real().median()).isCloseTo(10, within(1e-9));
    assertThat(finding.held()).isFalse();
  }

  @Test
  void oneFrameWithoutALabelIsAMiss() {
    List<Result> results =
        List.of(
            result(Trials.EVEN, "law", measures(1, 0.1, 2, 0)),
            result(Trials.FLOOD, "pi", measures(1, 0.1, 2, 1)));

    assertThat(finding(results, "frames without a label").held()).isFalse();
    assertThat(finding(results.subList(0, 1), "frames without a label").held()).isTrue();
  }

  @Test
  void whatWasNotPlayedIsNotInTheTable() {
    List<Finding> findings =
        Findings.of(List.of(result(Trials.EVEN, "law", measures(1, 0.1, 2, 0))));

    assertThat(findings).extracting(Finding::scenario).containsOnly(Trials.EVEN, "all");
    assertThat(findings)
        .extracting(Finding::measure)
        .contains("CPU of the controller, % of the budget", "budget error over 60 s, %");
  }

  @Test
  void aFindingReadsBackFromAReport() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Finding finding =
        new Finding("age, s", "even", null, new Spread(1, 1, 1), null, 0.01, 0.002, 2);

    assertThat(mapper.readValue(mapper.writeValueAsBytes(finding), Finding.class))
        .isEqualTo(finding);
    assertThat(finding.cells()).containsExactly("age, s", "even", "-", "1.00", "-", "1.0 (0.2)");
  }
}
