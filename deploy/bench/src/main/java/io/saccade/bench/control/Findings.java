package io.saccade.bench.control;

import static io.saccade.simulate.contest.Contender.AIMD;
import static io.saccade.simulate.contest.Contender.LAW;
import static io.saccade.simulate.contest.Contender.PI;

import io.saccade.simulate.measure.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from the runs what was promised. Bounds are those asked of the real job. */
final class Findings {
  /** Windows begin when the first ten seconds are over. */
  private static final double FOR_TEN = 20;

  private static final double FOR_SIXTY = 70;

  private final Runs runs;
  private final List<Finding> findings = new ArrayList<>();

  private Findings(List<Result> results) {
    runs = new Runs(results);
  }

  /** All that can be said of these runs. */
  static List<Finding> of(List<Result> results) {
    Findings all = new Findings(results);
    all.budgetAtRest(Trials.EVEN);
    all.budgetAtRest(Trials.POISSON);
    all.law("settling after load x3, s", Trials.STEP, 2.0, Measures::settled, 1);
    all.law("recovery of depth after it, s", Trials.STEP, 5.0, Measures::recovered, 1);
    all.ages(Trials.STEP);
    all.ages(Trials.FLOOD);
    all.law("age, 99 %, s", Trials.THEFT, null, Measures::ageP99, 2);
    all.law("ages back under the target, s", Trials.THEFT, null, Measures::ageSettled, 1);
    all.law("age, 99 %, s", Trials.CONTENT, null, Measures::ageP99, 2);
    all.law("settling on harder clips, s", Trials.CONTENT, null, Measures::settled, 1);
    all.hostile();
    all.law("ages back under the target, s", Trials.OUTAGE, 2.0, Measures::ageSettled, 1);
    all.budgetChange();
    all.everywhere();
    return all.findings;
  }

  private void law(
      String measure,
      String scenario,
      @Nullable Double wanted,
      ToDoubleFunction<Measures> figure,
      int digits) {
    Runs law = runs.of(scenario).by(LAW);
    if (!law.isEmpty()) {
      findings.add(law.finding(measure, scenario, wanted, figure, digits));
    }
  }

  private void budgetAtRest(String scenario) {
    Runs law = runs.of(scenario).by(LAW);
    if (law.last(FOR_SIXTY)) {
      law("budget error over 60 s, %", scenario, 3.0, it -> error(it.least60(), it.most60()), 1);
    }
    if (law.last(FOR_TEN)) {
      law("budget error over 10 s, %", scenario, 8.0, it -> error(it.least10(), it.most10()), 1);
    }
    law("swing of a frame's cost at rest, %", scenario, 10.0, it -> 100 * it.unrest(), 0);
  }

  /** The window that is furthest off, in per cent of the budget. */
  private static double error(double least, double most) {
    return 100 * Math.max(1 - least, most - 1);
  }

  /** Asked is at most half of what the better of the usual controllers has. */
  private void ages(String scenario) {
    Runs aimd = runs.of(scenario).by(AIMD);
    Runs pi = runs.of(scenario).by(PI);
    Double half =
        aimd.isEmpty() || pi.isEmpty()
            ? null
            : Math.min(aimd.median(Measures::ageP99), pi.median(Measures::ageP99)) / 2;
    law("age, 99 %, s", scenario, half, Measures::ageP99, 2);
    for (Runs other : List.of(aimd, pi)) {
      if (!other.isEmpty()) {
        String name = other.all().get(0).controller();
        findings.add(other.finding("the same with " + name, scenario, null, Measures::ageP99, 2));
      }
    }
  }

  /** Against the same cameras without a hostile one, round by round. */
  private void hostile() {
    Runs hostile = runs.of(Trials.HOSTILE);
    Runs friendly = runs.of(Trials.FRIENDLY);
    if (!hostile.isEmpty() && friendly.all().size() == hostile.all().size()) {
      findings.add(
          hostile.finding(
              "looks that other cameras lose, %",
              Trials.HOSTILE,
              5.0,
              lost(friendly.real(), hostile.real()),
              lost(friendly.simulated(), hostile.simulated()),
              1));
    }
  }

  private static Spread lost(Stream<Measures> friendly, Stream<Measures> hostile) {
    double[] before = friendly.mapToDouble(Measures::looksOfOthers).toArray();
    double[] after = hostile.mapToDouble(Measures::looksOfOthers).toArray();
    double[] lost = new double[before.length];
    for (int i = 0; i < lost.length; i++) {
      lost[i] = before[i] == 0 ? 0 : 100 * (1 - after[i] / before[i]);
    }
    return Spread.of(lost);
  }

  private void budgetChange() {
    Runs law = runs.of(Trials.BUDGET).by(LAW);
    if (!law.isEmpty()) {
      Spread force = Spread.of(law.beside(Beside::secondsToForce));
      Spread follow = Spread.of(law.beside(Beside::secondsToFollow));
      findings.add(law.finding("in force on all subtasks, s", Trials.BUDGET, 1.0, force, null, 2));
      findings.add(law.finding("until spending follows, s", Trials.BUDGET, null, follow, null, 1));
    }
  }

  private void everywhere() {
    findings.add(
        runs.finding(
            "frames without a label",
            "all",
            0.0,
            Spread.of(new double[] {runs.real().mapToLong(Measures::unaccounted).sum()}),
            Spread.of(new double[] {runs.simulated().mapToLong(Measures::unaccounted).sum()}),
            0));
    Runs law = runs.by(LAW);
    if (!law.isEmpty()) {
      double[] idle = law.beside(it -> List.of(100 * it.idleCores() / Trials.CORES));
      findings.add(
          law.finding(
              "CPU of the controller, % of the budget", "all", 1.0, Spread.of(idle), null, 2));
    }
  }
}
