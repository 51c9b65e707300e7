package io.saccade.job.classify;

import io.saccade.budget.Budget;
import io.saccade.budget.LookWork;
import io.saccade.budget.Observation;
import io.saccade.budget.share.Quality;
import io.saccade.gfnet.GfNet;
import io.saccade.job.control.Audits;
import io.saccade.job.control.Governor;
import io.saccade.job.control.JobBudget;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** The numbers of one subtask on Flink's metric group. Not safe to share between threads. */
final class Meters {
  /** Over which the quality deficit is taken: an autoscaler need not see every burst. */
  private static final double QUALITY_SECONDS = 10;

  /** What may become of a frame, as in {@code docs/wire.md}. */
  private static final Map<String, List<String>> FORESEEN =
      Map.of(
          Label.CLASSIFIED,
          List.of("confident", "every-look", "deadline", Labels.CAMERA_CAP, Labels.AUDIT),
          Label.SHED,
          List.of(Labels.TOO_OLD, Labels.THINNED, Labels.CAMERA_CAP),
          Label.UNREADABLE,
          List.of("empty", "too-large", "not-an-image", "corrupt"));

  private final MetricGroup group;
  private final Counter frames;
  private final Counter looks;
  private final Counter deadLetters;
  private final Counter events;
  private final Counter spentNanos;
  private final Counter decodeNanos;
  private final Counter glanceNanos;
  private final Counter focusNanos;
  private final Map<String, Counter> labels = new HashMap<>();

  // Written by the task's thread, read by the reporters'.
  private volatile Governor governor;
  private volatile Audits audits;
  private volatile double usedCores;
  private volatile double usedMultiplyAdds;
  private volatile double meanAgeMillis;
  private volatile double newsAgeSeconds;
  private volatile double qualityDeficit;
  private volatile Status.@Nullable Accuracy accuracy;

  private double framesOfLate;
  private double looksOfLate;
  private long tickNanos;
  private long counted;
  private long countedBefore;

  Meters(MetricGroup group, Governor governing, Audits auditing, long nowNanos) {
    this.group = group;
    this.governor = governing;
    this.audits = auditing;
    this.tickNanos = nowNanos;
    frames = group.counter("frames");
    looks = group.counter("looks");
    deadLetters = group.counter("deadLetters");
    events = group.counter("events");
    spentNanos = group.counter("spentNanos");
    decodeNanos = stage("decode");
    glanceNanos = stage("glance");
    focusNanos = stage("focus");
    // From the start, so that the first frame shed shows as an increase.
    FORESEEN.forEach((outcome, reasons) -> reasons.forEach(reason -> labelled(outcome, reason)));
    gauge("budgetCores", () -> budget(Budget.Unit.CORES, JobBudget.USABLE_CORE));
    gauge("budgetMultiplyAddsPerSecond", () -> budget(Budget.Unit.MULTIPLY_ADDS, Double.NaN));
    gauge("shareOfBudget", () -> governor.shareOfBudget());
    gauge("usedCores", () -> usedCores);
    gauge("usedMultiplyAddsPerSecond", () -> usedMultiplyAdds);
    gauge("meanAgeMillis", () -> meanAgeMillis);
    gauge("position", () -> governor.point().position());
    gauge("keep", () -> governor.point().keep());
    gauge("offeredPerSecond", () -> governor.point().offeredPerSecond());
    gauge("demandPerSecond", () -> governor.point().demandPerSecond());
    gauge("slowdown", () -> governor.point().slowdown());
    gauge("qualityDeficit", () -> qualityDeficit);
    gauge(
        "demandAtFullQualityCores",
        () -> Quality.demandAtFullQuality(governor.neighbourhood().demand()));
    gauge("newsAgeSeconds", () -> newsAgeSeconds);
    gauge("agreement", () -> accuracy == null ? Double.NaN : accuracy.agreement());
    gauge("accuracy", () -> accuracy == null ? Double.NaN : accuracy.accuracy());
    gauge("accuracyLow", () -> accuracy == null ? Double.NaN : accuracy.accuracyLow());
    gauge("accuracyHigh", () -> accuracy == null ? Double.NaN : accuracy.accuracyHigh());
    group.gauge("audits", (Gauge<Long>) () -> audits.audited());
    group.gauge("controlEpoch", (Gauge<Long>) () -> governor.epoch());
    group.gauge("openNatives", (Gauge<Integer>) GfNet::openNatives);
  }

  /** Another model looks: these are its numbers from now on. */
  void follow(Governor governing, Audits auditing) {
    governor = governing;
    audits = auditing;
    accuracy = null;
  }

  private void gauge(String name, DoubleSupplier value) {
    group.gauge(name, (Gauge<Double>) value::getAsDouble);
  }

  private double budget(Budget.Unit unit, double otherwise) {
    Budget budget = governor.settings().budget();
    return budget.unit() == unit ? budget.perSecond() : otherwise;
  }

  void count(Label label) {
    counted++;
    frames.inc();
    looks.inc(label.looks().size());
    labelled(label.outcome(), label.reason()).inc();
  }

  private Counter labelled(String outcome, String reason) {
    return labels.computeIfAbsent(
        outcome + '/' + reason,
        it -> group.addGroup("outcome", outcome).addGroup("reason", reason).counter("labels"));
  }

  private Counter stage(String name) {
    return group.addGroup("stage", name).counter("cpuNanos");
  }

  void countDeadLetter() {
    deadLetters.inc();
  }

  void countEvent() {
    events.inc();
  }

  /** How right the answers are; null when nobody knows. */
  Status.@Nullable Accuracy is(Status.@Nullable Accuracy now) {
    accuracy = now;
    return now;
  }

  /**
   * A tick. When no frame arrived in it, the age of the last ones stands: at few frames a second
   * most ticks have none, and would pull a mean over time towards 0.
   *
   * @param meanAgeNanos of the frames that arrived in the tick; of no meaning when none did
   * @param nowNanos of a clock that never goes back
   */
  void tick(Observation seen, double meanAgeNanos, long nowNanos) {
    double seconds = (nowNanos - tickNanos) / 1e9;
    tickNanos = nowNanos;
    if (seen.arrivals() > 0) {
      meanAgeMillis = meanAgeNanos / 1e6;
    }
    newsAgeSeconds = governor.neighbourhood().newsAgeSeconds(nowNanos);
    spentNanos.inc(seen.spentNanos());
    decodeNanos.inc(seen.decodeNanos());
    glanceNanos.inc(seen.glanceNanos());
    focusNanos.inc(seen.focusNanos());
    if (seconds > 0) {
      LookWork work = governor.law().work();
      usedCores = seen.spentNanos() / 1e9 / seconds;
      usedMultiplyAdds = (seen.glances() * work.glance() + seen.focuses() * work.focus()) / seconds;
      judge(counted - countedBefore, seen.glances() + seen.focuses(), seconds);
      countedBefore = counted;
    }
  }

  private void judge(long labelled, long taken, double seconds) {
    double kept = QUALITY_SECONDS / (QUALITY_SECONDS + seconds);
    framesOfLate = framesOfLate * kept + labelled;
    looksOfLate = looksOfLate * kept + taken;
    qualityDeficit = Quality.deficit(framesOfLate, looksOfLate, governor.law().looks());
  }
}
