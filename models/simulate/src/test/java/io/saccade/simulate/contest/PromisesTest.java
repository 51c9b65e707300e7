package io.saccade.simulate.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.load.Scenario.Kind;
import io.saccade.simulate.load.Scenarios;
import io.saccade.simulate.measure.Measures;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TraceFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario with every controller, on the recorded looks of the shipped model. */
class PromisesTest {
  private static final long SEED = 42;

  private static final Map<String, Contest> CONTESTS = new LinkedHashMap<>();

  @BeforeAll
  static void playAll() {
    Trace trace = TraceFile.shipped();
    for (Scenario scenario : Scenarios.of(trace)) {
      CONTESTS.put(scenario.name(), Contest.of(scenario, trace, SEED));
    }
  }

  static Stream<String> steady() {
    return names(Kind.STEADY);
  }

  static Stream<String> overload() {
    return names(Kind.OVERLOAD);
  }

  static Stream<String> all() {
    return CONTESTS.keySet().stream();
  }

  private static Stream<String> names(Kind kind) {
    return CONTESTS.values().stream()
        .filter(it -> it.scenario().kind() == kind)
        .map(it -> it.scenario().name());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFrameOfEveryControllerIsAccountedFor(String name) {
    contest(name)
        .runs()
        .forEach(
            run -> assertThat(run.measures().unaccounted()).as(run.contender().label()).isZero());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aBurstTakesNoMoreThanThePurseHolds(String name) {
    // A tenth of a window saved and a tenth owed; the estimates of costs add a little.
    assertThat(law(name).most10()).isLessThan(1.22);
    assertThat(law(name).most60()).isLessThan(1.035);
  }

  @ParameterizedTest
  @MethodSource("overload")
  void framesAreAtMostHalfAsOldAsWithTheBetterBaseline(String name) {
    double better =
        Math.min(
            contest(name).measures(Contender.AIMD).ageP99(),
            contest(name).measures(Contender.PI).ageP99());
    // Where a baseline is young because it leaves out frames for good, younger is not asked for.
    double unseen =
        Math.min(
            contest(name).measures(Contender.AIMD).unseen(),
            contest(name).measures(Contender.PI).unseen());
    boolean noWorse = law(name).ageP99() <= better / 2;
    boolean looksAtMore = law(name).ageP99() < 0.2 && law(name).unseen() < unseen - 0.03;
    assertThat(noWorse || looksAtMore).isTrue();
  }

  @ParameterizedTest
  @MethodSource("all")
  void framesStayYoung(String name) {
    // Where frames waited for the host or the transport they are looked at up to the maximum age.
    boolean waited = Set.of("job-down", "transport-cut", "cold-start", "stalls").contains(name);
    assertThat(law(name).ageP99()).isLessThan(waited ? 0.82 : 0.4);
  }

  @ParameterizedTest
  @MethodSource("all")
  void shedsLittleThatCouldHaveBeenLookedAt(String name) {
    assertThat(law(name).unseen() - law(name).leastShed()).isLessThan(0.03);
  }

  @ParameterizedTest
  @MethodSource("steady")
  void looksAtEveryFrameWhileThereIsBudget(String name) {
    assertThat(law(name).unseen()).isLessThan(0.001);
  }

  @ParameterizedTest
  @MethodSource("steady")
  void theMeanCostOfASecondSwingsNoMoreThanAtAFixedPoint(String name) {
    double fixed = contest(name).measures(Contender.STATIC).swing();
    assertThat(fixed).isGreaterThan(0.05);
    assertThat(law(name).swing()).isLessThan(1.1 * fixed);
  }

  @Test
  void looksAtEverythingWhenTheBudgetAllowsIt() {
    assertThat(law("light").looks()).isGreaterThan(2.95);
  }

  @Test
  void isBackUnderTheTargetWithinTwoSecondsOfARestart() {
    assertThat(law("job-down").ageSettled()).isLessThan(2);
    assertThat(law("transport-cut").ageSettled()).isLessThan(2);
  }

  @Test
  void thinsAtALowAgeInsteadOfSheddingAtTheMaximum() {
    assertThat(law("overload-6x").shed()).isLessThan(0.001);
    assertThat(law("overload-6x").used()).isCloseTo(0.8, within(0.016));
  }

  private static Contest contest(String name) {
    Contest contest = CONTESTS.get(name);
    if (contest == null) {
      throw new IllegalArgumentException("no scenario is called " + name);
    }
    return contest;
  }

  private static Measures law(String name) {
    return contest(name).measures(Contender.LAW);
  }
}
