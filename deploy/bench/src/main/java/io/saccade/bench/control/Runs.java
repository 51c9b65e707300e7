package io.saccade.bench.control;

import io.saccade.simulate.contest.Contender;
import io.saccade.simulate.measure.Measures;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs that are looked at together: the same scenario and controller in each round, usually. */
record Runs(List<Result> all) {

  Runs of(String scenario) {
    return new Runs(all.stream().filter(it -> it.scenario().equals(scenario)).toList());
  }

  Runs by(Contender contender) {
    return new Runs(all.stream().filter(it -> it.controller().equals(contender.label())).toList());
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether each took at least so long. */
  boolean last(double seconds) {
    return all.stream().allMatch(it -> it.seconds() >= seconds);
  }

  double median(ToDoubleFunction<Measures> figure) {
    return spread(real(), figure).median();
  }

  /** A line of the table with a measure that job and simulator share. */
  Finding finding(
      String measure,
      String scenario,
      @Nullable Double wanted,
      ToDoubleFunction<Measures> figure,
      int digits) {
    List<Measures> simulated = simulated().toList();
    return finding(
        measure,
        scenario,
        wanted,
        spread(real(), figure),
        simulated.isEmpty() ? null : spread(simulated.stream(), figure),
        digits);
  }

  /** A line of the table with figures of its own. */
  Finding finding(
      String measure,
      String scenario,
      @Nullable Double wanted,
      Spread real,
      @Nullable Spread simulated,
      int digits) {
    return new Finding(
        measure,
        scenario,
        wanted,
        real,
        simulated,
        mean(Measures::unseen),
        mean(Measures::leastShed),
        digits);
  }

  /** Figures that a run has several of, together. */
  double[] beside(Function<Beside, ? extends Collection<Double>> figures) {
    return all.stream()
        .flatMap(it -> figures.apply(it.beside()).stream())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  Stream<Measures> real() {
    return all.stream().map(Result::real);
  }

  Stream<Measures> simulated() {
    return all.stream().flatMap(it -> it.simulated().stream());
  }

  private double mean(ToDoubleFunction<Measures> figure) {
    return real().mapToDouble(figure).average().orElse(0);
  }

  private static Spread spread(Stream<Measures> runs, ToDoubleFunction<Measures> figure) {
    return Spread.of(runs.mapToDouble(figure).toArray());
  }
}
