package io.saccade.simulate.measure;

import io.saccade.budget.Budget;
import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.simulate.load.Asked;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.load.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What came of a run, event by event. */
public final class RunLog {
  /** Spending is summed over slots of this length. */
  static final double SLOT_SECONDS = 0.1;

  private final Scenario scenario;
  private final List<Frame> offered;
  private final double[] spent;
  private final double[] worked;
  private final int[] dropped;
  private final List<Answer> answers = new ArrayList<>();
  private final List<Dial> dials = new ArrayList<>();
  private long shed;
  private long thinned;
  private long waiting;

  /** A classified frame: when its answer was there, in nanoseconds, and the looks it took. */
  public record Answer(Frame frame, long at, int looks) {
    double seconds() {
      return at / 1e9;
    }

    double ageSeconds() {
      return (at - frame.captured()) / 1e9;
    }
  }

  /** A decision, when it was made, and what it rests on. */
  public record Dial(long at, double[] memory, Observation seen, OperatingPoint point) {
    double seconds() {
      return at / 1e9;
    }
  }

  /**
   * Starts without events.
   *
   * @param offered all frames that are to be accounted for
   */
  public RunLog(Scenario scenario, List<Frame> offered) {
    this.scenario = scenario;
    this.offered = List.copyOf(offered);
    int slots = (int) Math.ceil(scenario.seconds() / SLOT_SECONDS) + 100;
    spent = new double[slots];
    worked = new double[slots];
    dropped = new int[slots];
  }

  public void spent(long at, long cpuNanos) {
    spent[slot(at)] += cpuNanos / 1e9;
  }

  public void looked(long at, double multiplyAdds) {
    worked[slot(at)] += multiplyAdds;
  }

  public void classified(Frame frame, long at, int looks) {
    answers.add(new Answer(frame, at, looks));
  }

  /** A frame was too old. */
  public void shed(long at) {
    shed++;
    dropped[slot(at)]++;
  }

  /** A frame was young enough, but not chosen. */
  public void thinned(long at) {
    thinned++;
    dropped[slot(at)]++;
  }

  public void decided(long at, double[] memory, Observation seen, OperatingPoint point) {
    dials.add(new Dial(at, memory, seen, point));
  }

  /** The run is over; so many frames were not taken yet. */
  public void ends(long stillWaiting) {
    waiting = stillWaiting;
  }

  public Scenario scenario() {
    return scenario;
  }

  public List<Answer> answers() {
    return Collections.unmodifiableList(answers);
  }

  public List<Dial> dials() {
    return Collections.unmodifiableList(dials);
  }

  /** All frames that came, or should have. */
  List<Frame> offered() {
    return offered;
  }

  long shed() {
    return shed;
  }

  long thinned() {
    return thinned;
  }

  long waiting() {
    return waiting;
  }

  /** CPU seconds per second. */
  public double used(double from, double until) {
    return sum(spent, from, until) / (until - from);
  }

  /** What was spent of the budget, as a share of it. */
  double share(double from, double until) {
    Asked asked = scenario.asked();
    double[] counted = asked.unit() == Budget.Unit.MULTIPLY_ADDS ? worked : spent;
    return sum(counted, from, until) / asked.sum(from, until);
  }

  private static double sum(double[] slots, double from, double until) {
    double sum = 0;
    for (int slot = index(from); slot < index(until); slot++) {
      sum += slots[slot];
    }
    return sum;
  }

  /** Frames shed or thinned. */
  int dropped(double from, double until) {
    int sum = 0;
    for (int slot = index(from); slot < index(until); slot++) {
      sum += dropped[slot];
    }
    return sum;
  }

  private int slot(long at) {
    return Math.min(spent.length - 1, (int) (at / 1e9 / SLOT_SECONDS));
  }

  private static int index(double seconds) {
    return (int) Math.round(seconds / SLOT_SECONDS);
  }
}
