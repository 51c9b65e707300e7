package io.saccade.simulate.subtask;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.budget.drift.Audit;
import io.saccade.budget.share.CameraTerms;
import io.saccade.simulate.load.Arrivals;
import io.saccade.simulate.load.Crowds;
import io.saccade.simulate.load.Crowds.Crowd;
import io.saccade.simulate.load.Crowds.Misbehaviour;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.load.Scenarios;
import io.saccade.simulate.subtask.Fleet.Treatment;
import io.saccade.simulate.subtask.Fleet.Trouble;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TraceFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cameras that share a subtask, on the looks that were recorded of a network of three; means over
 * seeds.
 */
class FairnessTest {
  private static final Trace TRACE = TraceFile.shipped();
  private static final int SEEDS = 4;
  private static final double TROUBLE = 60;
  private static final double END = 120;

  static Stream<Misbehaviour> misbehaviours() {
    return Stream.of(
        new Misbehaviour(0.1, 1, true),
        new Misbehaviour(0.33, 1, true),
        new Misbehaviour(0.6, 1, true),
        new Misbehaviour(0.1, 5, false),
        new Misbehaviour(0.33, 5, false),
        new Misbehaviour(0.1, 10, true));
  }

  @ParameterizedTest
  @MethodSource("misbehaviours")
  void oneCameraTakesAtMostATwentiethOfTheLooksOfTheOthers(Misbehaviour what) {
    double behaving = 0;
    double misbehaving = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      behaving +=
          run(what.none(), Treatment.FAIR, seed).focuses(FairnessTest::others, TROUBLE, END);
      misbehaving += run(what, Treatment.FAIR, seed).focuses(FairnessTest::others, TROUBLE, END);
    }
    assertThat(1 - misbehaving / behaving).isLessThan(0.05);
  }

  @Test
  void withoutFairnessItTakesFarMore() {
    Misbehaviour hard = new Misbehaviour(0.33, 1, true);
    double behaving =
        run(hard.none(), Treatment.ALIKE, 1).focuses(FairnessTest::others, TROUBLE, END);
    double misbehaving = run(hard, Treatment.ALIKE, 1).focuses(FairnessTest::others, TROUBLE, END);
    assertThat(1 - misbehaving / behaving).isGreaterThan(0.15);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"even", "poisson", "together", "hundred-cameras", "step-x3", "on-off", "wave"})
  void costsNextToNothingWhileAllBehave(String name) {
    Scenario scenario = scenario(name);
    double alike = 0;
    double fair = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Crowd crowd = new Crowd(scenario, Arrivals.of(scenario, TRACE, seed));
      alike += run(crowd, Treatment.ALIKE, seed).right(FairnessTest::any, 0, scenario.seconds());
      fair += run(crowd, Treatment.FAIR, seed).right(FairnessTest::any, 0, scenario.seconds());
    }
    assertThat(fair / SEEDS).isGreaterThan(alike / SEEDS - 0.002);
  }

  @Test
  void aWeightOfTwoIsTwiceTheLooksAndTheBudgetIsHeld() {
    Map<String, CameraTerms> terms = Map.of("camera-0", new CameraTerms(2, 1));
    Treatment heavy = new Treatment(true, terms, new Audit(0));
    Misbehaviour none = new Misbehaviour(0.1, 1, false);
    PeerLog usual = run(none, Treatment.FAIR, 3);
    PeerLog weighed = run(none, heavy, 3);
    double more =
        weighed.focuses(FairnessTest::first, 20, END) / usual.focuses(FairnessTest::first, 20, END);
    assertThat(more).isBetween(1.5, 2.1);
    assertThat(weighed.used(20, END)).isBetween(0.79, 0.81);
  }

  @Test
  void aCapIsHeldAndWhatItFreesGoesToTheOthers() {
    Map<String, CameraTerms> terms = Map.of("camera-0", new CameraTerms(1, 0.1));
    Treatment capped = new Treatment(true, terms, new Audit(0));
    Misbehaviour none = new Misbehaviour(0.33, 1, false);
    PeerLog usual = run(none, Treatment.FAIR, 4);
    PeerLog log = run(none, capped, 4);
    double cost =
        log.seen().stream()
            .filter(seen -> seen.frame().camera() == 0 && seen.looks() > 0)
            .filter(seen -> seen.seconds() >= 20)
            .mapToLong(seen -> seen.frame().content().nanos(seen.looks()))
            .sum();
    // What a frame costs around its looks comes on top of the recorded times.
    assertThat(cost / 1e9 / (END - 20)).isBetween(0.07, 0.082);
    assertThat(log.focuses(FairnessTest::others, 20, END))
        .isGreaterThan(1.2 * usual.focuses(FairnessTest::others, 20, END));
    assertThat(log.used(20, END)).isBetween(0.79, 0.81);
  }

  private static boolean any(int camera) {
    return camera >= 0;
  }

  private static boolean first(int camera) {
    return camera == 0;
  }

  private static boolean others(int camera) {
    return camera > 0;
  }

  private static PeerLog run(Misbehaviour what, Treatment treatment, long seed) {
    return run(Crowds.misbehaving(what, TRACE, seed), treatment, seed);
  }

  private static PeerLog run(Crowd crowd, Treatment treatment, long seed) {
    PeerLog log =
        Fleet.run(
                crowd.scenario().budgetCores(),
                List.of(crowd),
                TRACE,
                Trouble.NONE,
                treatment,
                seed + 5)
            .get(0);
    assertThat(log.offered() - log.seen().size() - log.shed()).isZero();
    return log;
  }

  private static Scenario scenario(String name) {
    return Scenarios.of(TRACE).stream()
        .filter(scenario -> scenario.name().equals(name))
        .findAny()
        .orElseThrow();
  }
}
