package io.saccade.job.classify;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.budget.Observation;
import io.saccade.job.control.Audits;
import io.saccade.job.control.Governor;
import io.saccade.job.control.Place;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final Label GLANCED =
      new Label(
          Label.SCHEMA,
          "gate",
          1,
          0,
          1,
          1,
          Label.CLASSIFIED,
          "confident",
          List.of(),
          List.of(new Label.Look(0, 0, 64, 64, 0.9f, 2_000)),
          List.of(),
          0,
          0,
          1_000,
          2_000,
          1,
          4,
          "scripted",
          "a1");

  private final Map<String, Gauge<?>> gauges = new TreeMap<>();
  private final Map<String, Counter> counters = new TreeMap<>();
  private final FakeClock clock = new FakeClock();
  private final Governor governor =
      new Governor(
          new Place("test", 0, 2),
          Subtask.START.law(new ScriptedNetwork(clock)),
          Subtask.START.budget(),
          clock.epochNanos(),
          clock.elapsedNanos());
  private final Meters meters =
      new Meters(
          new Recording("", gauges, counters),
          governor,
          new Audits(new ScriptedNetwork(clock).bundle().frontier(), clock.elapsedNanos()),
          clock.elapsedNanos());

  @Test
  void saysWhatIsAllowedAndWhatIsUsed() {
    clock.pass(100_000_000);
    meters.tick(seen(30_000_000), 45e6, clock.elapsedNanos());
    assertThat(value("budgetCores")).isEqualTo(0.4);
    assertThat(value("usedCores")).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void theAgeOfTheLastFramesStandsUntilOthersCome() {
    assertThat(value("meanAgeMillis")).isZero();
    meters.tick(glances(2), 45e6, clock.elapsedNanos());
    meters.tick(seen(30_000_000), 0, clock.elapsedNanos());
    assertThat(value("meanAgeMillis")).as("no frame came").isEqualTo(45);
    meters.tick(glances(1), 0, clock.elapsedNanos());
    assertThat(value("meanAgeMillis")).as("a frame that did not wait").isZero();
  }

  @Test
  void aClockSetBackChangesNothing() {
    clock.pass(-1_000_000_000);
    meters.tick(seen(30_000_000), 0, clock.elapsedNanos());
    assertThat(value("usedCores")).isZero();
  }

  @Test
  void saysWhatFullQualityWouldTakeForAnAutoscaler() {
    for (int tick = 0; tick < 100; tick++) {
      clock.pass(100_000_000);
      // 20 frames of 7 ms every 100 ms: 1.4 cores with every look, of 0.4.
      Observation seen = glances(20);
      governor.decide(seen, clock.elapsedNanos());
      for (int frame = 0; frame < 20; frame++) {
        meters.count(GLANCED);
      }
      meters.tick(seen, 0, clock.elapsedNanos());
    }
    assertThat(value("offeredPerSecond")).isCloseTo(200, within(10.0));
    assertThat(value("demandAtFullQualityCores")).isCloseTo(1.4, within(0.15));
    // One look of three was taken at every frame.
    assertThat(value("qualityDeficit")).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(value("usedMultiplyAddsPerSecond")).isCloseTo(200e6, within(1.0));
  }

  @Test
  void framesThatAreNotLookedAtMissAllTheirLooks() {
    clock.pass(100_000_000);
    for (int frame = 0; frame < 20; frame++) {
      meters.count(GLANCED);
    }
    meters.tick(glances(10), 0, clock.elapsedNanos());
    assertThat(value("qualityDeficit")).isCloseTo(5.0 / 6, within(1e-9));
  }

  @Test
  void withoutNewsTheBudgetIsSharedEquallyAndTheNewsGetsOld() {
    for (int tick = 0; tick < 50; tick++) {
      clock.pass(100_000_000);
      governor.decide(glances(20), clock.elapsedNanos());
      meters.tick(glances(20), 0, clock.elapsedNanos());
    }
    assertThat(value("shareOfBudget")).isEqualTo(0.5);
    assertThat(value("newsAgeSeconds")).isCloseTo(5, within(0.2));
  }

  @Test
  void saysHowRightTheAnswersAreOnceItIsKnown() {
    assertThat(value("accuracyLow")).isNaN();
    meters.is(new Status.Accuracy(30, 0.9, 0.8, 0.95, 0.7, 0.5, 0.85));
    assertThat(value("agreement")).isEqualTo(0.9);
    assertThat(value("accuracy")).isEqualTo(0.7);
    assertThat(value("accuracyLow")).isEqualTo(0.5);
    assertThat(value("accuracyHigh")).isEqualTo(0.85);
  }

  private Observation glances(int number) {
    return new Observation(
        clock.epochNanos(),
        number,
        100_000_000,
        0,
        number,
        number * 1_000_000L,
        number,
        number * 2_000_000L,
        0,
        0,
        number * 3_000_000L,
        number * 3_000_000L);
  }

  @Test
  void countsWhatEachStageTook() {
    meters.tick(glances(20), 0, clock.elapsedNanos());
    meters.tick(glances(20), 0, clock.elapsedNanos());
    assertThat(counted("stage.decode.cpuNanos")).isEqualTo(40_000_000);
    assertThat(counted("stage.glance.cpuNanos")).isEqualTo(80_000_000);
    assertThat(counted("stage.focus.cpuNanos")).isZero();
    assertThat(counted("spentNanos")).isEqualTo(120_000_000);
  }

  @Test
  void everythingThatMayBecomeOfAFrameIsCountedFromTheStart() {
    assertThat(counted("outcome.shed.reason.too-old.labels")).isZero();
    assertThat(counted("outcome.classified.reason.confident.labels")).isZero();
    meters.count(GLANCED);
    assertThat(counted("outcome.classified.reason.confident.labels")).isEqualTo(1);
    assertThat(counted("frames")).isEqualTo(1);
  }

  private long counted(String name) {
    return requireNonNull(counters.get(name), name).getCount();
  }

  /** Who sends frames chooses these names, and as many as they like. */
  @Test
  void noCameraBecomesAMetricOrALabel() {
    int before = counters.size() + gauges.size();
    for (String camera : List.of("../../etc", "gate\"} 1 up{x=\"", "x".repeat(256))) {
      meters.count(
          new Label(
              Label.SCHEMA,
              camera,
              1,
              0,
              1,
              1,
              Label.SHED,
              "too-old",
              List.of(),
              List.of(),
              List.of(),
              0,
              0,
              0,
              0,
              1,
              1,
              "scripted",
              "a1"));
    }

    assertThat(counters.size() + gauges.size()).isEqualTo(before);
    assertThat(counted("outcome.shed.reason.too-old.labels")).isEqualTo(3);
  }

  @Test
  void countsNativeObjects() {
    assertThat(value("openNatives")).isZero();
  }

  private Observation seen(long spentNanos) {
    return new Observation(
        clock.epochNanos(), 0, 0, Observation.NO_FRAME, 0, 0, 0, 0, 0, 0, spentNanos, 0);
  }

  private double value(String name) {
    return ((Number) requireNonNull(gauges.get(name)).getValue()).doubleValue();
  }

  /** Keeps what is registered, by the names of its groups and its own. */
  private static final class Recording extends UnregisteredMetricsGroup {
    private final String scope;
    private final Map<String, Gauge<?>> gauges;
    private final Map<String, Counter> counters;

    Recording(String scope, Map<String, Gauge<?>> gauges, Map<String, Counter> counters) {
      this.scope = scope;
      this.gauges = gauges;
      this.counters = counters;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(scope + name, gauge);
      return gauge;
    }

    @Override
    public Counter counter(String name) {
      return counters.computeIfAbsent(scope + name, it -> new SimpleCounter());
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Recording(scope + key + '.' + value + '.', gauges, counters);
    }
  }
}
