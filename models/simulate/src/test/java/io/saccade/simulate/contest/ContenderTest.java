package io.saccade.simulate.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.simulate.Traces;
import io.saccade.simulate.load.Arrivals;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.load.Scenarios;
import io.saccade.simulate.measure.LeastShed;
import io.saccade.simulate.measure.Measures;
import io.saccade.simulate.measure.RunLog;
import io.saccade.simulate.trace.Trace;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ContenderTest {
  private static final Trace TRACE = Traces.mixed(1);
  private static final List<Scenario> ALL = Scenarios.of(TRACE);

  @Property(tries = 40, seed = "1")
  void everyFrameIsAccountedForWhateverHappens(@ForAll long seed, @ForAll Contender contender) {
    Scenario scenario = ALL.get((int) Math.floorMod(seed, (long) ALL.size()));
    RunLog log = run(scenario, contender, seed);
    assertThat(measures(log).unaccounted()).isZero();
    assertThat(log.answers()).isNotEmpty();
  }

  @Property(tries = 10, seed = "2")
  void theSameSeedGivesTheSameRun(@ForAll long seed, @ForAll Contender contender) {
    Scenario scenario = ALL.get((int) Math.floorMod(seed, (long) ALL.size()));
    assertThat(measures(run(scenario, contender, seed)))
        .isEqualTo(measures(run(scenario, contender, seed)));
  }

  @Test
  void everyLookTakesThemAllAndGlanceOnlyTakesOne() {
    assertThat(measures(run(scenario("light"), Contender.EVERY_LOOK, 3)).looks()).isEqualTo(3);
    assertThat(measures(run(scenario("light"), Contender.GLANCE_ONLY, 3)).looks()).isEqualTo(1);
  }

  @Test
  void aFixedPointIsItsOwnOracle() {
    Measures measures = measures(run(scenario("light"), Contender.GLANCE_ONLY, 3));
    assertThat(measures.oracle().sameCost()).isCloseTo(measures.accuracy(), within(1e-9));
    Measures every = measures(run(scenario("light"), Contender.EVERY_LOOK, 3));
    assertThat(every.oracle().sameCost()).isCloseTo(every.accuracy(), within(1e-9));
    assertThat(every.oracle().best()).isGreaterThanOrEqualTo(every.oracle().sameCost());
  }

  @Test
  void theLawRestsWhenNothingChanges() {
    // Frames at even intervals, and content without any memory: what still swings is the law.
    assertThat(measures(run(scenario("even"), Contender.LAW, 3)).unrest()).isLessThan(0.05);
  }

  @Test
  void randomDropHoldsTheBudgetByDropping() {
    Measures measures = measures(run(scenario("even"), Contender.RANDOM_DROP, 3));
    assertThat(measures.used()).isCloseTo(0.8, within(0.03));
    assertThat(measures.thinned()).isGreaterThan(0.1);
    assertThat(measures.looks()).isGreaterThan(2.9);
  }

  @Test
  void newestOnlyStaysYoungByDropping() {
    Measures measures = measures(run(scenario("overload-6x"), Contender.NEWEST_ONLY, 3));
    assertThat(measures.ageP99()).isLessThan(0.2);
    assertThat(measures.thinned()).isGreaterThan(0.5);
  }

  @Test
  void theBestFixedPointStaysWithinTheBudgetOrGlancesOnly() {
    for (String name : List.of("even", "drift", "step-x3", "overload-6x")) {
      Measures measures = measures(run(scenario(name), Contender.STATIC, 3));
      assertThat(measures.used() <= 0.8 * 1.01 || measures.looks() == 1).as(name).isTrue();
    }
  }

  @Test
  void lessCannotBeShedThanTheLeast() {
    for (Scenario scenario : ALL) {
      double least = LeastShed.share(scenario, Arrivals.of(scenario, TRACE, 3));
      Measures law = measures(run(scenario, Contender.LAW, 3));
      assertThat(least).as(scenario.name()).isLessThanOrEqualTo(law.unseen() + 0.003);
    }
  }

  private static Measures measures(RunLog log) {
    return Measures.of(log, TRACE, 0);
  }

  private static RunLog run(Scenario scenario, Contender contender, long seed) {
    return contender.run(
        new Contender.Setting(scenario, TRACE, Arrivals.of(scenario, TRACE, seed), seed));
  }

  private static Scenario scenario(String name) {
    return ALL.stream().filter(it -> it.name().equals(name)).findAny().orElseThrow();
  }
}
