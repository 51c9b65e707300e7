package io.saccade.budget.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.budget.ControllerKind;
import io.saccade.budget.StageCosts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs every scenario with every controller, prints the table, and holds the law to its bounds. */
class SimulationTest {
  private static final long SEED = 42;

  private static final Map<Scenario, Map<ControllerKind, Report>> REPORTS = new LinkedHashMap<>();

  @BeforeAll
  static void runAll() {
    List<Scenario> all = new ArrayList<>(Scenarios.STEADY);
    all.addAll(Scenarios.OVERLOAD);
    all.addAll(Scenarios.OTHER);
    System.out.println(Report.header());
    for (Scenario scenario : all) {
      Map<ControllerKind, Report> reports = new EnumMap<>(ControllerKind.class);
      for (ControllerKind kind : ControllerKind.values()) {
        Report report = run(scenario, kind, Plant.COSTS, SEED);
        reports.put(kind, report);
        System.out.println(report.line(kind.name(), 0));
      }
      REPORTS.put(scenario, reports);
    }
  }

  @Test
  void everyFrameIsAccountedFor() {
    REPORTS.forEach(
        (scenario, reports) ->
            reports.forEach(
                (kind, report) ->
                    assertThat(report.unaccounted()).as(scenario.name() + " " + kind).isZero()));
  }

  @Test
  void holdsTheBudgetWhereDemandCanUseIt() {
    for (Scenario scenario : Scenarios.STEADY) {
      for (long seed : new long[] {SEED, SEED + 10, SEED + 20}) {
        Report report = run(scenario, ControllerKind.LAW, Plant.COSTS, seed);
        double budget = scenario.budgetCores();
        assertThat(report.used(30, 90) / budget).as(scenario.name()).isCloseTo(1, within(0.01));
        // At 60 frames a second the arrivals of 10 s alone vary by 4 % (one standard deviation).
        assertThat(report.mostUsed(10, 90, 10) / budget).as(scenario.name()).isLessThan(1.07);
        assertThat(report.leastUsed(10, 90, 10) / budget).as(scenario.name()).isGreaterThan(0.93);
      }
    }
  }

  @Test
  void neverOverspendsForLong() {
    REPORTS.forEach(
        (scenario, reports) -> {
          Report report = law(scenario);
          double budget = scenario.budgetCores();
          // What a burst may take: savings and debt, each a tenth of the window's budget.
          assertThat(report.mostUsed(0, 90, 10) / budget).as(scenario.name()).isLessThan(1.2);
          assertThat(report.mostUsed(0, 90, 60) / budget).as(scenario.name()).isLessThan(1.035);
        });
  }

  @Test
  void holdsTheBudgetAlthoughTheNominalCostsAreWrong() {
    Scenario scenario = Scenario.of("costs off", 0.8, Course.steady(150));
    for (double off : new double[] {0.8, 1.25}) {
      StageCosts wrong =
          new StageCosts(
              off * Plant.COSTS.decodeNanos(),
              off * Plant.COSTS.glanceNanos(),
              off * Plant.COSTS.focusNanos());
      Report report = run(scenario, ControllerKind.LAW, wrong, SEED);
      System.out.println(report.line("x" + off, 0));
      assertThat(report.used(10, 90)).isCloseTo(0.8, within(0.008));
      assertThat(report.unrest(30, 90)).isLessThan(0.4);
    }
  }

  @Test
  void looksAtEverythingWhenTheBudgetAllowsIt() {
    assertThat(law(scenario("light 60/s")).meanLooks(5, 90)).isGreaterThan(2.99);
  }

  @Test
  void keepsFramesYoung() {
    REPORTS.forEach(
        (scenario, reports) ->
            assertThat(law(scenario).age(0.99, 5, 90)).as(scenario.name()).isLessThan(0.4));
  }

  @Test
  void isTwiceAsQuickAsTheBaselinesUnderOverload() {
    for (Scenario scenario : Scenarios.OVERLOAD) {
      double better =
          Math.min(
              report(scenario, ControllerKind.AIMD).age(0.99, 0, 90),
              report(scenario, ControllerKind.PI).age(0.99, 0, 90));
      assertThat(law(scenario).age(0.99, 0, 90))
          .as(scenario.name())
          .isLessThanOrEqualTo(better / 2);
    }
  }

  @Test
  void thinsAtALowAgeInsteadOfSheddingAtTheMaximum() {
    Report report = law(scenario("overload 6x"));
    assertThat(report.shedShare()).isZero();
    assertThat(report.age(0.99, 30, 90)).isLessThan(0.1);
    assertThat(report.used(30, 90)).isCloseTo(0.8, within(0.008));
  }

  @Test
  void settlesWithinTwoSecondsOfAChange() {
    Map<String, Double> changes =
        Map.of(
            "step 60-180-60/s", 30.0,
            "burst 300/s 10 s", 40.0,
            "overload 6x", 20.0,
            "overload 400/s 10 s", 30.0,
            "silence then 300/s", 40.0,
            "outage 10 s", 40.0);
    changes.forEach(
        (name, from) -> {
          double settled = law(scenario(name)).settled(from, from + 10, 0.2);
          System.out.printf("%-26s settled after %.1f s%n", name, settled);
          assertThat(settled).as(name).isLessThan(2);
        });
  }

  @Test
  void restsWhenNothingChanges() {
    assertThat(law(scenario("even 150/s")).unrest(20, 90)).isLessThan(0.1);
    assertThat(law(scenario("overload 6x")).unrest(40, 90)).isLessThan(0.05);
    // Poisson arrivals change all the time: 900 of them in six seconds, give or take 30.
    assertThat(law(scenario("Poisson 150/s")).unrest(20, 90)).isLessThan(0.4);
  }

  private static Report run(Scenario scenario, ControllerKind kind, StageCosts nominal, long seed) {
    return Subtask.run(scenario, kind.create(Plant.reach(), nominal), nominal, seed);
  }

  private static Report law(Scenario scenario) {
    return report(scenario, ControllerKind.LAW);
  }

  private static Report report(Scenario scenario, ControllerKind kind) {
    return REPORTS.getOrDefault(scenario, Map.of()).getOrDefault(kind, new Report("none", 0));
  }

  private static Scenario scenario(String name) {
    return REPORTS.keySet().stream()
        .filter(each -> each.name().equals(name))
        .findAny()
        .orElseThrow();
  }
}
