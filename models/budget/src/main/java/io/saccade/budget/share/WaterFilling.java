package io.saccade.budget.share;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides a budget among subtasks. Every subtask computes this for itself, from the same news to
 * the same bits, so nobody has to be asked; the order of the news does not matter.
 *
 * <p>First a little for everyone, so that a subtask without frames can look at the first ones. Then
 * glances, in proportion when even they do not fit. Then further looks, by weight and need, to
 * nobody more than every look costs or the core gives. What is left then is split evenly, so that
 * more frames find room before the news of them is out.
 */
public final class WaterFilling {

  /** Everyone's least share, of an equal one: it lies idle where no frames come. */
  private static final double LEAST = 0.02;

  private WaterFilling() {}

  /**
   * Shares of a budget, in the order of {@code demands}. Their sum is the budget, or what all cores
   * give together when that is less, up to rounding.
   *
   * @param budget in the unit of the demands, at least 0 and finite
   * @param demands one for each subtask
   * @throws IllegalArgumentException when a subtask comes twice
   */
  public static double[] shares(double budget, List<Demand> demands) {
    if (!(budget >= 0) || budget == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("budget must be at least 0 and finite, but was " + budget);
    }
    int[] order =
        IntStream.range(0, demands.size())
            .boxed()
            .sorted(Comparator.comparingInt((Integer index) -> demands.get(index).subtask()))
            .mapToInt(Integer::intValue)
            .toArray();
    Demand[] sorted = new Demand[order.length];
    for (int at = 0; at < order.length; at++) {
      sorted[at] = demands.get(order[at]);
      if (at > 0 && sorted[at].subtask() == sorted[at - 1].subtask()) {
        throw new IllegalArgumentException(
            "each subtask must come once, but subtask %d came twice"
                .formatted(sorted[at].subtask()));
      }
    }
    double[] shares = sortedShares(budget, sorted);
    double[] asked = new double[order.length];
    for (int at = 0; at < order.length; at++) {
      asked[order[at]] = shares[at];
    }
    return asked;
  }

  private static double[] sortedShares(double budget, Demand[] demands) {
    int count = demands.length;
    double[] shares = new double[count];
    double[] evenly = new double[count];
    double[] glances = new double[count];
    double[] looks = new double[count];
    double[] upToGlances = new double[count];
    double[] upToLooks = new double[count];
    double[] upToMost = new double[count];
    double[] least = new double[count];
    for (int at = 0; at < count; at++) {
      Demand demand = demands[at];
      evenly[at] = 1;
      least[at] = Math.min(demand.mostCores(), LEAST * budget / count);
      glances[at] = demand.glanceCores();
      looks[at] = demand.weight() * (demand.fullCores() - demand.glanceCores());
      upToGlances[at] = Math.min(demand.mostCores(), demand.glanceCores());
      upToLooks[at] = Math.min(demand.mostCores(), demand.fullCores());
      upToMost[at] = demand.mostCores();
    }
    double left = budget;
    left = fillUp(left, evenly, least, shares);
    left = fillUp(left, glances, upToGlances, shares);
    left = fillUp(left, looks, upToLooks, shares);
    fillUp(left, evenly, upToMost, shares);
    return shares;
  }

  /** Adds to the shares, by weight, up to limits; returns what is left over. */
  private static double fillUp(double amount, double[] weights, double[] limits, double[] shares) {
    double[] room = new double[shares.length];
    for (int at = 0; at < room.length; at++) {
      room[at] = Math.max(0, limits[at] - shares[at]);
    }
    double[] given = fill(amount, weights, room);
    double left = amount;
    for (int at = 0; at < room.length; at++) {
      shares[at] += given[at];
      left -= given[at];
    }
    return Math.max(0, left);
  }

  /**
   * Pours an amount into vessels: each gets min(room, level * weight), with the level at which
   * nothing is left, or everything with a weight is full.
   */
  static double[] fill(double amount, double[] weights, double[] room) {
    int[] fullestFirst =
        IntStream.range(0, room.length)
            .filter(vessel -> weights[vessel] > 0)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer vessel) -> room[vessel] / weights[vessel])
                    .thenComparing(Comparator.naturalOrder()))
            .mapToInt(Integer::intValue)
            .toArray();
    // Summed from the end, so that what remains is never the difference of two large numbers.
    double[] remaining = new double[fullestFirst.length + 1];
    for (int at = fullestFirst.length - 1; at >= 0; at--) {
      remaining[at] = remaining[at + 1] + weights[fullestFirst[at]];
    }
    double[] given = new double[room.length];
    double left = amount;
    for (int at = 0; at < fullestFirst.length; at++) {
      int vessel = fullestFirst[at];
      double level = left / remaining[at];
      given[vessel] = Math.min(room[vessel], level * weights[vessel]);
      left = Math.max(0, left - given[vessel]);
    }
    return given;
  }
}
