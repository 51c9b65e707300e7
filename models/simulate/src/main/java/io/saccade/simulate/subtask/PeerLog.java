package io.saccade.simulate.subtask;

import io.saccade.budget.OperatingPoint;
import io.saccade.budget.share.Demand;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.load.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/** What came of one subtask among several. */
public final class PeerLog {
  private static final double SLOT_SECONDS = 0.1;

  private final double[] slots;
  private final long offered;
  private final List<Seen> seen = new ArrayList<>();
  private final List<Share> shares = new ArrayList<>();
  private double spent;
  private long shed;
  private long capped;

  /** A frame: when it was done, and the looks it took; 0 when it was thinned, -1 when refused. */
  public record Seen(Frame frame, double seconds, int looks) {}

  /** A decision. */
  public record Share(double seconds, double cores, Demand demand, OperatingPoint point) {}

  PeerLog(Scenario scenario, long offered) {
    slots = new double[(int) Math.ceil(scenario.seconds() / SLOT_SECONDS) + 100];
    this.offered = offered;
  }

  void spent(long at, long cpuNanos) {
    spent += cpuNanos / 1e9;
    slots[Math.min(slots.length - 1, (int) (at / 1e9 / SLOT_SECONDS))] += cpuNanos / 1e9;
  }

  double spent() {
    return spent;
  }

  void shed(long at) {
    shed++;
  }

  void refused(Frame frame, long at) {
    seen.add(new Seen(frame, at / 1e9, -1));
  }

  void thinned(Frame frame, long at) {
    seen.add(new Seen(frame, at / 1e9, 0));
  }

  void classified(Frame frame, long at, int looks) {
    seen.add(new Seen(frame, at / 1e9, looks));
  }

  void capped(int looks) {
    capped += looks;
  }

  void decided(long at, double share, Demand demand, OperatingPoint point) {
    shares.add(new Share(at / 1e9, share, demand, point));
  }

  /** CPU seconds per second. */
  public double used(double from, double until) {
    int first = (int) Math.round(from / SLOT_SECONDS);
    int end = (int) Math.round(until / SLOT_SECONDS);
    return Arrays.stream(slots, first, end).sum() / (until - from);
  }

  public List<Share> shares() {
    return Collections.unmodifiableList(shares);
  }

  public List<Seen> seen() {
    return Collections.unmodifiableList(seen);
  }

  public long offered() {
    return offered;
  }

  /** Frames that were too old. */
  public long shed() {
    return shed;
  }

  /** Focus looks that were not taken because the camera had had its share. */
  public long capped() {
    return capped;
  }

  /** Focus looks at the frames of some cameras, per second. */
  public double focuses(IntPredicate cameras, double from, double until) {
    return among(cameras, from, until).stream().mapToInt(it -> Math.max(0, it.looks() - 1)).sum()
        / (until - from);
  }

  /** Share of frames of some cameras that were looked at. */
  public double lookedAt(IntPredicate cameras, double from, double until) {
    return among(cameras, from, until).stream()
        .mapToInt(it -> it.looks() > 0 ? 1 : 0)
        .average()
        .orElse(0);
  }

  /** Share of right answers among all frames of some cameras. */
  public double right(IntPredicate cameras, double from, double until) {
    return among(cameras, from, until).stream()
        .mapToInt(it -> it.looks() > 0 && it.frame().content().right(it.looks()) ? 1 : 0)
        .average()
        .orElse(0);
  }

  private List<Seen> among(IntPredicate cameras, double from, double until) {
    return seen.stream()
        .filter(it -> it.seconds() >= from && it.seconds() < until)
        .filter(it -> cameras.test(it.frame().camera()))
        .toList();
  }
}
