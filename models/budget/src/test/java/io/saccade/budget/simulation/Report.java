package io.saccade.budget.simulation;

import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What came of a scenario. */
final class Report {
  private static final double SLOT_SECONDS = 0.1;

  private final String name;
  private final double seconds;
  private final double[] spent;
  private final List<Answer> answers = new ArrayList<>();
  private final List<Dial> dials = new ArrayList<>();
  private long shed;
  private long thinned;
  private long offered;
  private long waiting;

  /** A classified frame: when the answer was there, how old the frame was, looks taken. */
  record Answer(double at, double age, int looks) {}

  /** A decision and what it rests on. */
  record Dial(double at, Observation seen, OperatingPoint point) {}

  Report(String name, double seconds) {
    this.name = name;
    this.seconds = seconds;
    spent = new double[(int) Math.ceil(seconds / SLOT_SECONDS) + 100];
  }

  void spent(double at, double cpuSeconds) {
    spent[Math.min(spent.length - 1, (int) (at / SLOT_SECONDS))] += cpuSeconds;
  }

  void classified(double at, double age, int looks) {
    answers.add(new Answer(at, age, looks));
  }

  void shed() {
    shed++;
  }

  void thinned() {
    thinned++;
  }

  void decided(double at, Observation seen, OperatingPoint point) {
    dials.add(new Dial(at, seen, point));
  }

  void offered(long frames, long stillWaiting) {
    offered = frames;
    waiting = stillWaiting;
  }

  List<Dial> dials() {
    return dials;
  }

  /** Frames neither classified, shed, thinned nor waiting. */
  long unaccounted() {
    return offered - waiting - shed - thinned - answers.size();
  }

  double shedShare() {
    return shed / (double) offered;
  }

  double thinnedShare() {
    return thinned / (double) offered;
  }

  /** CPU seconds per second. */
  double used(double from, double until) {
    double sum = 0;
    for (int slot = slot(from); slot < slot(until); slot++) {
      sum += spent[slot];
    }
    return sum / (until - from);
  }

  /** The most that was used in any window that starts within a time, CPU seconds per second. */
  double mostUsed(double from, double until, double window) {
    double most = 0;
    for (double start = from; start + window <= until; start += SLOT_SECONDS) {
      most = Math.max(most, used(start, start + window));
    }
    return most;
  }

  double leastUsed(double from, double until, double window) {
    double least = Double.POSITIVE_INFINITY;
    for (double start = from; start + window <= until; start += SLOT_SECONDS) {
      least = Math.min(least, used(start, start + window));
    }
    return least;
  }

  /** Age of classified frames that a share of them does not exceed, seconds. */
  double age(double share, double from, double until) {
    double[] ages =
        answers.stream()
            .filter(answer -> answer.at() >= from && answer.at() < until)
            .mapToDouble(Answer::age)
            .sorted()
            .toArray();
    return ages.length == 0 ? 0 : ages[Math.min(ages.length - 1, (int) (share * ages.length))];
  }

  double meanLooks(double from, double until) {
    return answers.stream()
        .filter(answer -> answer.at() >= from && answer.at() < until)
        .mapToInt(Answer::looks)
        .average()
        .orElse(0);
  }

  /** Highest less lowest decided cost of a frame, as a share of the mean. */
  double unrest(double from, double until) {
    double[] costs =
        dials.stream()
            .filter(dial -> dial.at() >= from && dial.at() < until)
            .mapToDouble(dial -> dial.point().costNanos())
            .toArray();
    double mean = Arrays.stream(costs).average().orElse(1);
    return (Arrays.stream(costs).max().orElse(0) - Arrays.stream(costs).min().orElse(0)) / mean;
  }

  /** Seconds after {@code from} until the least age stays at most {@code target} seconds. */
  double settled(double from, double until, double target) {
    double last = from;
    for (Dial dial : dials) {
      boolean late = dial.seen().arrivals() > 0 && dial.seen().minimumAgeNanos() > target * 1e9;
      if (dial.at() >= from && dial.at() < until && late) {
        last = dial.at();
      }
    }
    return last - from;
  }

  static String header() {
    return "%-26s %-5s %6s %6s %6s %6s %6s %6s %6s %6s %6s %6s"
        .formatted(
            "scenario",
            "kind",
            "used",
            "max10",
            "max60",
            "p50 s",
            "p99 s",
            "max s",
            "looks",
            "shed%",
            "thin%",
            "rest%");
  }

  /** One line: everything after the first {@code skip} seconds. */
  String line(String kind, double skip) {
    return "%-26s %-5s %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f %6.2f %6.2f %6.2f %6.1f"
        .formatted(
            name,
            kind,
            used(skip, seconds),
            mostUsed(skip, seconds, 10),
            mostUsed(skip, seconds, 60),
            age(0.5, skip, seconds),
            age(0.99, skip, seconds),
            age(1, skip, seconds),
            meanLooks(skip, seconds),
            100 * shedShare(),
            100 * thinnedShare(),
            100 * unrest(seconds * 2 / 3, seconds));
  }

  private static int slot(double at) {
    return (int) Math.round(at / SLOT_SECONDS);
  }
}
