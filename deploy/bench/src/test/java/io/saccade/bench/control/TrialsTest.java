package io.saccade.bench.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saccade.simulate.contest.Contender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialsTest {

  private static List<Trial> trials(double scale, String... names) {
    return Trials.of(Scenes.trace(), scale, List.of(names));
  }

  @Test
  void allOfThemTakeLessThanTwelveMinutes() {
    List<Trial> all = Trials.of(Scenes.trace(), 1, Trials.NAMES);

    assertThat(all).extracting(it -> it.scenario().name()).containsAll(Trials.NAMES);
    assertThat(all.stream().mapToDouble(it -> it.scenario().seconds()).sum()).isLessThan(700);
  }

  @Test
  void overloadIsPlayedWithAimdAndPiSideBySide() {
    assertThat(trials(1, Trials.FLOOD, Trials.STEP))
        .extracting(Trial::title)
        .containsExactly(
            "step-x3",
            "step-x3, aimd",
            "step-x3, pi",
            "beyond-glances",
            "beyond-glances, aimd",
            "beyond-glances, pi");
  }

  @Test
  void aHostileCameraComesWithItsFriendlyTwin() {
    List<Trial> twins = trials(1, Trials.HOSTILE);

    assertThat(twins)
        .extracting(it -> it.scenario().name())
        .containsExactly(Trials.FRIENDLY, Trials.HOSTILE);
    assertThat(twins.get(1).scenario().load().rate().at(20))
        .isEqualTo(twins.get(0).scenario().load().rate().at(20));
  }

  @Test
  void theScaleHoldsForEverythingThatHappens() {
    Trial step = trials(0.5, Trials.STEP).get(0);
    assertThat(step.scenario().seconds()).isEqualTo(22.5);
    assertThat(step.scenario().trouble().from()).isEqualTo(7.5);
    assertThat(step.scenario().load().rate().at(8))
        .isCloseTo(3 * step.scenario().load().rate().at(7), within(1e-9));

    Trial outage = trials(0.5, Trials.OUTAGE).get(0);
    assertThat(outage.scenario().host().down().until()).isEqualTo(36);
    assertThat(outage.deed()).isEqualTo(Trial.Deed.OUTAGE);

    assertThat(trials(0.5, Trials.BUDGET).get(0).changes())
        .extracting(Trial.Change::atSeconds)
        .containsExactly(6.0, 10.0, 14.0, 18.0);
  }

  @Test
  void theBudgetGoesDownAndUpAgain() {
    assertThat(trials(1, Trials.BUDGET).get(0).changes())
        .extracting(Trial.Change::cores)
        .containsExactly(0.7 * Trials.CORES, Trials.CORES, 0.7 * Trials.CORES, Trials.CORES);
  }

  @Test
  void theSimulatorSaysTheSameToTheSameSeed() {
    Trial even = trials(0.2, Trials.EVEN).get(0);

    assertThat(Prediction.of(even, Scenes.trace(), 7, 1))
        .hasSize(5)
        .isEqualTo(Prediction.of(even, Scenes.trace(), 7, 1));
  }

  @Test
  void theSimulatorIsToldHowStrongTheThiefWas() {
    Trial theft = trials(1, Trials.THEFT).get(0);

    double kind = Prediction.of(theft, Scenes.trace(), 7, 1).get(0).looks();
    double cruel = Prediction.of(theft, Scenes.trace(), 7, 2).get(0).looks();

    assertThat(cruel).isLessThan(kind - 0.1);
    assertThat(theft.contender()).isEqualTo(Contender.LAW);
  }

  @Test
  void saysAllThatIsWrongWithTheOptionsAtOnce() {
    assertThatThrownBy(
            () -> new ControlOptions(Path.of("."), Path.of("."), List.of("storm"), 0, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seconds-scale must be within [0.05, 10], but was 0.0")
        .hasMessageContaining("rounds must be within [1, 100], but was 0")
        .hasMessageContaining("frames per clip must be within [2, 1000], but were 1")
        .hasMessageContaining("scenarios must be of even, poisson, ")
        .hasMessageContaining("but one was storm");
  }
}
