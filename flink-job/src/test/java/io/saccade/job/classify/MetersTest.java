package io.saccade.job.classify;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.budget.Observation;
import io.saccade.job.control.Audits;
import io.saccade.job.control.Governor;
import io.saccade.job.control.Place;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class MetersTest {
  private final Map<String, Gauge<?>> gauges = new TreeMap<>();
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
          new Recording(gauges),
          governor,
          new Audits(new ScriptedNetwork(clock).bundle().frontier(), clock.elapsedNanos()),
          clock.elapsedNanos());

  @Test
  void saysWhatIsAllowedAndWhatIsUsed() {
    clock.pass(100_000_000);
    meters.tick(seen(30_000_000), 45e6, clock.elapsedNanos());
    assertThat(value("budgetCores")).isEqualTo(0.4);
    assertThat(value("usedCores")).isCloseTo(0.3, within(1e-9));
    assertThat(value("meanAgeMillis")).isEqualTo(45);
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
      governor.decide(
          new Observation(
              clock.epochNanos(),
              20,
              100_000_000,
              0,
              20,
              20_000_000,
              20,
              40_000_000,
              0,
              0,
              60_000_000,
              60_000_000),
          clock.elapsedNanos());
    }
    assertThat(value("offeredPerSecond")).isCloseTo(200, within(10.0));
    assertThat(value("demandAtFullQualityCores")).isCloseTo(1.4, within(0.15));
    assertThat(value("qualityDeficit")).isEqualTo(1);
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

  /** Keeps the gauges that are registered. */
  private static final class Recording extends UnregisteredMetricsGroup {
    private final Map<String, Gauge<?>> gauges;

    Recording(Map<String, Gauge<?>> gauges) {
      this.gauges = gauges;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(name, gauge);
      return gauge;
    }
  }
}
