package io.saccade.console.scene;

import io.saccade.wire.Status;
import java.util.List;
import java.util.Optional;

/**
 * What a budget buys at the present load: the frontier, priced with what looks cost now.
 *
 * @param offeredPerSecond frames offered to all subtasks
 * @param decodeNanos CPU time of a frame beside its looks, as it is now
 * @param lookNanos CPU time of a look after the first, as it is now
 * @param glanceNanos CPU time of the first look, as it is now
 * @param position mean operating point
 * @param budgetCores of all subtasks
 */
public record Outlook(
    double offeredPerSecond,
    double decodeNanos,
    double glanceNanos,
    double lookNanos,
    double position,
    double budgetCores) {

  /**
   * What is to be expected.
   *
   * @param keep share of the frames looked at
   * @param accuracy of those
   */
  public record Expectation(double position, double keep, double meanLooks, double accuracy) {}

  /** The outlook from the newest decision of each subtask; empty when none runs. */
  public static Optional<Outlook> of(List<Status> decisions, Frontier frontier) {
    double offered = 0;
    double decode = 0;
    double glance = 0;
    double look = 0;
    double position = 0;
    double budget = 0;
    int counted = 0;
    for (Status it : decisions) {
      Status.Decided decided = it.decided();
      Status.Nominal nominal = it.nominal();
      Status.Settings settings = it.settings();
      if (decided != null && nominal != null && settings != null) {
        double predicted =
            nominal.decodeNanos()
                + nominal.glanceNanos()
                + (frontier.at(decided.position()).meanLooks() - 1) * nominal.focusNanos();
        // What the law expects of a frame now, over what was measured at the start.
        double dearer =
            predicted > 0 && decided.costNanos() > 0 ? decided.costNanos() / predicted : 1;
        decode += dearer * nominal.decodeNanos();
        glance += dearer * nominal.glanceNanos();
        look += dearer * nominal.focusNanos();
        offered += decided.offeredPerSecond();
        position += decided.position();
        budget += settings.budgetCores();
        counted++;
      }
    }
    return counted == 0
        ? Optional.empty()
        : Optional.of(
            new Outlook(
                offered,
                decode / counted,
                glance / counted,
                look / counted,
                position / counted,
                budget));
  }

  /** What that many cores buy. */
  public Expectation with(double cores, Frontier frontier) {
    double least = decodeNanos + glanceNanos;
    double perFrame = offeredPerSecond > 0 ? cores * 1e9 / offeredPerSecond : Double.MAX_VALUE;
    if (perFrame < least) {
      Frontier.Point glance = frontier.at(0);
      return new Expectation(0, perFrame / least, glance.meanLooks(), glance.accuracy());
    }
    double looks = lookNanos > 0 ? 1 + (perFrame - least) / lookNanos : Double.MAX_VALUE;
    double reached = frontier.position(looks);
    Frontier.Point point = frontier.at(reached);
    return new Expectation(reached, 1, point.meanLooks(), point.accuracy());
  }

  /** Cores to take every look at every frame. */
  public double wantedCores(Frontier frontier) {
    return offeredPerSecond
        * (decodeNanos + glanceNanos + (frontier.mostLooks() - 1) * lookNanos)
        / 1e9;
  }
}
