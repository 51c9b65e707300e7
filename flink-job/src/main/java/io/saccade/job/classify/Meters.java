package io.saccade.job.classify;

import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.GfNet;
import io.saccade.job.control.Governor;
import io.saccade.wire.Label;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The numbers of one subtask on Flink's metric group. Not safe to share between threads. */
final class Meters {
  private final MetricGroup group;
  private final Counter frames;
  private final Counter looks;
  private final Counter deadLetters;
  private final Counter events;
  private final Map<String, Counter> labels = new HashMap<>();

  // Written by the task's thread, read by the reporters'.
  private volatile double usedCores;
  private volatile double meanAgeMillis;
  private long tickNanos;

  /**
   * @param looksAtMost number of looks at full quality
   */
  Meters(MetricGroup group, Governor governor, int looksAtMost, long nowNanos) {
    this.group = group;
    this.tickNanos = nowNanos;
    frames = group.counter("frames");
    looks = group.counter("looks");
    deadLetters = group.counter("deadLetters");
    events = group.counter("events");
    gauge("budgetCores", () -> governor.settings().budgetCores());
    gauge("usedCores", () -> usedCores);
    gauge("meanAgeMillis", () -> meanAgeMillis);
    gauge("position", () -> governor.point().position());
    gauge("keep", () -> governor.point().keep());
    gauge("offeredPerSecond", () -> governor.point().offeredPerSecond());
    gauge("demandPerSecond", () -> governor.point().demandPerSecond());
    gauge("slowdown", () -> governor.point().slowdown());
    gauge("qualityDeficit", () -> qualityDeficit(governor));
    gauge("demandAtFullQualityCores", () -> demandAtFullQuality(governor, looksAtMost));
    group.gauge("controlEpoch", (Gauge<Long>) governor::epoch);
    group.gauge("openNatives", (Gauge<Integer>) GfNet::openNatives);
  }

  private void gauge(String name, DoubleSupplier value) {
    group.gauge(name, (Gauge<Double>) value::getAsDouble);
  }

  /** 0 when every look that could help is taken, 1 when frames get a glance at best. */
  private static double qualityDeficit(Governor governor) {
    int last = governor.law().last();
    return last == 0 ? 0 : 1 - governor.point().position() / last;
  }

  /**
   * Cores that the offered frames would take with every look. An autoscaler that watches the load
   * itself would never scale out, because the budget holds it down.
   */
  private static double demandAtFullQuality(Governor governor, int looksAtMost) {
    StageCosts costs = governor.law().nominal();
    OperatingPoint point = governor.point();
    double frame =
        costs.decodeNanos() + costs.glanceNanos() + (looksAtMost - 1) * costs.focusNanos();
    return point.offeredPerSecond() * frame * point.slowdown() / 1e9;
  }

  void count(Label label) {
    frames.inc();
    looks.inc(label.looks().size());
    labels.computeIfAbsent(label.outcome() + '/' + label.reason(), it -> counter(label)).inc();
  }

  private Counter counter(Label label) {
    return group
        .addGroup("outcome", label.outcome())
        .addGroup("reason", label.reason())
        .counter("labels");
  }

  void countDeadLetter() {
    deadLetters.inc();
  }

  void countEvent() {
    events.inc();
  }

  void tick(Observation seen, double meanAgeNanos) {
    double passed = seen.nowNanos() - (double) tickNanos;
    tickNanos = seen.nowNanos();
    if (passed > 0) {
      usedCores = seen.spentNanos() / passed;
    }
    meanAgeMillis = meanAgeNanos / 1e6;
  }
}
