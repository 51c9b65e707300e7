package io.saccade.simulate.measure;

import io.saccade.budget.OperatingPoint;
import io.saccade.simulate.load.Span;
import io.saccade.simulate.measure.RunLog.Dial;
import java.util.Arrays;
import java.util.List;

/**
 * How quickly a run finds its new level after a change, and how still it is at rest. Judged by the
 * decided cost of an offered frame, averaged over half a second.
 */
final class Settling {
  private static final double TOLERANCE = 0.1;
  private static final int SMOOTHED_DIALS = 5;

  private final RunLog log;
  private final Span trouble;
  private final List<Dial> dials;
  private final double[] costs;

  Settling(RunLog log) {
    this.log = log;
    trouble = log.scenario().trouble();
    dials = log.dials();
    costs = new double[dials.size()];
    double[] raw = dials.stream().mapToDouble(dial -> cost(dial.point())).toArray();
    for (int index = 0; index < costs.length; index++) {
      int until = Math.min(raw.length, index + SMOOTHED_DIALS);
      costs[index] = Arrays.stream(raw, index, until).average().orElse(0);
    }
  }

  private static double cost(OperatingPoint point) {
    return point.costNanos() * point.keep();
  }

  double settled() {
    return settled(trouble.from(), trouble.until());
  }

  double recovered() {
    return settled(trouble.until(), log.scenario().seconds());
  }

  /** Seconds after {@code from} until the cost stays within a tenth of its later median. */
  private double settled(double from, double until) {
    if (trouble.from() == trouble.until() || from >= until) {
      return 0;
    }
    double[] later = between((from + until) / 2, until - 1);
    Arrays.sort(later);
    double level = later.length == 0 ? 0 : later[later.length / 2];
    double last = from;
    for (int index = 0; index < costs.length; index++) {
      double at = dials.get(index).seconds();
      boolean early = at >= from && at < (from + until) / 2;
      if (early && Math.abs(costs[index] - level) > TOLERANCE * level) {
        last = at;
      }
    }
    return last - from;
  }

  /** Seconds after the trouble began until the least age stays at most the target. */
  double ageSettled() {
    double last = trouble.from();
    double half = (trouble.from() + trouble.until()) / 2;
    for (Dial dial : dials) {
      boolean late =
          dial.seen().arrivals() > 0
              && dial.seen().minimumAgeNanos() > log.scenario().settings().targetAgeNanos();
      if (late && dial.seconds() >= trouble.from() && dial.seconds() < half) {
        last = dial.seconds();
      }
    }
    return last - trouble.from();
  }

  /** Highest less lowest cost, over the mean. */
  double unrest(double from, double until) {
    double[] within = between(from, until - 0.5);
    double mean = Arrays.stream(within).average().orElse(1);
    double high = Arrays.stream(within).max().orElse(0);
    double low = Arrays.stream(within).min().orElse(0);
    return mean == 0 ? 0 : (high - low) / mean;
  }

  private double[] between(double from, double until) {
    return java.util.stream.IntStream.range(0, costs.length)
        .filter(index -> dials.get(index).seconds() >= from && dials.get(index).seconds() < until)
        .mapToDouble(index -> costs[index])
        .toArray();
  }
}
