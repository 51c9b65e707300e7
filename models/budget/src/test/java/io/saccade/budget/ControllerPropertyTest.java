package io.saccade.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.budget.Controller.Decision;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.statistics.Statistics;

class ControllerPropertyTest {
  /** Rounding, as a share of the frontier. */
  private static final double ROUNDING = 1e-9;

  @Property(tries = 300, seed = "1")
  void everyDecisionIsInRange(
      @ForAll ControllerKind kind,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 8) double cores) {
    Controller controller = Histories.controller(kind);
    double[] memory = controller.initialMemory();
    for (Observation seen : Histories.wild(seed, 60)) {
      // The records refuse everything else that is out of range.
      Decision decision = controller.next(memory, Settings.of(cores), seen);
      assertThat(decision.point().position()).isBetween(0.0, SmallNetwork.reach().length - 1.0);
      assertThat(controller.accepts(decision.memory())).isTrue();
      memory = decision.memory();
    }
  }

  @Property(tries = 200, seed = "2")
  void theSameLogReplaysToTheSameDecisionsBitForBit(
      @ForAll ControllerKind kind, @ForAll long seed) {
    Settings settings = Settings.of(0.8);
    List<Observation> log = Histories.wild(seed, 60);
    assertThat(Histories.remember(Histories.controller(kind), settings, log))
        .isEqualTo(Histories.remember(Histories.controller(kind), settings, log));
  }

  @Property(tries = 200, seed = "3")
  void decidingChangesNeitherArgument(@ForAll ControllerKind kind, @ForAll long seed) {
    Controller controller = Histories.controller(kind);
    List<Observation> log = Histories.wild(seed, 20);
    double[] memory = Histories.remember(controller, Settings.of(0.8), log.subList(0, 19));
    double[] before = memory.clone();
    controller.next(memory, Settings.of(0.8), log.get(19));
    assertThat(memory).isEqualTo(before);
  }

  @Property(tries = 2000, seed = "4")
  void aDearerFrameNeverRaisesTheOperatingPoint(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 80) int ticks,
      @ForAll @DoubleRange(min = 0.05, max = 1) double cores,
      @ForAll @LongRange(max = 2_000_000_000) long decode,
      @ForAll @LongRange(max = 2_000_000_000) long glance,
      @ForAll @LongRange(max = 2_000_000_000) long focus) {
    neverRaises(
        seed,
        ticks,
        cores,
        seen ->
            new Observation(
                seen.nowNanos(),
                seen.arrivals(),
                seen.captureSpanNanos(),
                seen.minimumAgeNanos(),
                seen.decodes(),
                seen.decodeNanos() + decode,
                seen.glances(),
                seen.glanceNanos() + glance,
                seen.focuses(),
                seen.focusNanos() + focus,
                seen.spentNanos() + decode + glance + focus,
                seen.busyNanos() + decode + glance + focus));
  }

  @Property(tries = 2000, seed = "5")
  void harderContentNeverRaisesTheOperatingPoint(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 80) int ticks,
      @ForAll @DoubleRange(min = 0.05, max = 1) double cores,
      @ForAll @LongRange(max = 1_000) long looks) {
    // Each further look as dear as the others, so that only their number changes.
    neverRaises(
        seed,
        ticks,
        cores,
        seen -> {
          long more = seen.focuses() == 0 ? 0 : looks;
          long each = seen.focuses() == 0 ? 0 : seen.focusNanos() / seen.focuses() + 1;
          return new Observation(
              seen.nowNanos(),
              seen.arrivals(),
              seen.captureSpanNanos(),
              seen.minimumAgeNanos(),
              seen.decodes(),
              seen.decodeNanos(),
              seen.glances(),
              seen.glanceNanos(),
              seen.focuses() + more,
              seen.focusNanos() + more * each,
              seen.spentNanos() + more * each,
              seen.busyNanos() + more * each);
        });
  }

  @Property(tries = 2000, seed = "6")
  void aLongerQueueNeverRaisesTheOperatingPoint(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 80) int ticks,
      @ForAll @DoubleRange(min = 0.05, max = 1) double cores,
      @ForAll @LongRange(max = 5_000_000_000L) long older) {
    neverRaises(
        seed,
        ticks,
        cores,
        seen ->
            with(
                seen,
                seen.arrivals(),
                seen.arrivals() == 0 ? Observation.NO_FRAME : seen.minimumAgeNanos() + older));
  }

  @Property(tries = 2000, seed = "7")
  void moreArrivalsNeverRaiseTheOperatingPoint(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 80) int ticks,
      @ForAll @DoubleRange(min = 0.05, max = 1) double cores,
      @ForAll @LongRange(max = 1_000) long more) {
    neverRaises(
        seed,
        ticks,
        cores,
        seen ->
            seen.arrivals() == 0
                ? seen
                : with(seen, seen.arrivals() + more, seen.minimumAgeNanos()));
  }

  @Property(tries = 500, seed = "8")
  void moreBudgetNeverLowersTheOperatingPoint(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 80) int ticks,
      @ForAll @DoubleRange(min = 0.05, max = 1) double cores) {
    Controller law = Histories.controller(ControllerKind.LAW);
    List<Observation> log = Histories.wild(seed, ticks);
    double[] memory = Histories.remember(law, Settings.of(cores), log.subList(0, ticks - 1));
    // A purse in debt, or of a tick, weighs more when the budget is larger: judge without.
    memory[memory.length - OfferedRate.SLOTS - Purse.SLOTS + 1] = 0;
    Observation last = Observation.silence(log.get(ticks - 1).nowNanos());
    neverHigher(
        law.next(memory, Settings.of(cores), last).point(),
        law.next(memory, Settings.of(cores * 1.5), last).point());
  }

  private interface Change {
    Observation of(Observation seen);
  }

  private static void neverRaises(long seed, int ticks, double cores, Change change) {
    Controller law = Histories.controller(ControllerKind.LAW);
    Settings settings = Settings.of(cores);
    List<Observation> log = Histories.wild(seed, ticks);
    double[] memory = Histories.remember(law, settings, log.subList(0, ticks - 1));
    Observation last = log.get(ticks - 1);
    OperatingPoint point = law.next(memory, settings, last).point();
    boolean between = point.position() > 0 && point.position() < SmallNetwork.reach().length - 1;
    Statistics.label("before the change")
        .collect(point.keep() < 1 ? "thinning" : between ? "between" : "at an end");
    neverHigher(law.next(memory, settings, change.of(last)).point(), point);
  }

  private static void neverHigher(OperatingPoint point, OperatingPoint than) {
    assertThat(point.position()).isLessThanOrEqualTo(than.position() + ROUNDING);
    assertThat(point.keep()).isLessThanOrEqualTo(than.keep() + ROUNDING);
  }

  private static Observation with(Observation seen, long arrivals, long ageNanos) {
    return new Observation(
        seen.nowNanos(),
        arrivals,
        seen.captureSpanNanos(),
        ageNanos,
        seen.decodes(),
        seen.decodeNanos(),
        seen.glances(),
        seen.glanceNanos(),
        seen.focuses(),
        seen.focusNanos(),
        seen.spentNanos(),
        seen.busyNanos());
  }
}
