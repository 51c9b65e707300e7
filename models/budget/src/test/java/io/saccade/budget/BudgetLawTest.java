package io.saccade.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.budget.Controller.Decision;
import org.junit.jupiter.api.Test;

class BudgetLawTest {
  private static final Settings SETTINGS = Settings.of(0.8);
  private static final int LAST = SmallNetwork.reach().length - 1;

  private final Controller law = Histories.controller(ControllerKind.LAW);
  private double[] memory = law.initialMemory();
  private long now = Histories.START_NANOS;

  @Test
  void looksAtEverythingWhenTheBudgetAllowsIt() {
    OperatingPoint point = OperatingPointAfter.of(this::light, 20);
    assertThat(point.position()).isEqualTo(LAST);
    assertThat(point.keep()).isEqualTo(1);
    assertThat(point.offeredPerSecond()).isBetween(59.0, 61.0);
  }

  @Test
  void thinsWhenEvenGlancesAreTooMany() {
    OperatingPoint point = OperatingPointAfter.of(this::saturated, 100);
    assertThat(point.position()).isZero();
    assertThat(point.keep()).isBetween(0.3, 0.6);
  }

  @Test
  void looksAgainWithinSecondsOfAnHourOfSaturation() {
    OperatingPointAfter.of(this::saturated, 36_000);
    OperatingPoint point = OperatingPointAfter.of(this::light, 40);
    assertThat(point.keep()).isEqualTo(1);
    assertThat(point.position()).isEqualTo(LAST);
  }

  @Test
  void endsThinningBeforeItLooksFurther() {
    OperatingPointAfter.of(this::saturated, 100);
    double keep = 0;
    double position = 0;
    for (int tick = 0; tick < 40; tick++) {
      OperatingPoint point = light();
      assertThat(point.keep()).isGreaterThanOrEqualTo(keep);
      assertThat(point.position()).isGreaterThanOrEqualTo(position);
      assertThat(point.keep() == 1 || point.position() == 0).isTrue();
      keep = point.keep();
      position = point.position();
    }
  }

  @Test
  void reactsToAFloodWithinTwoTicksOfAnHourOfSilence() {
    OperatingPointAfter.of(this::light, 50);
    OperatingPoint silent = OperatingPointAfter.of(this::silence, 36_000);
    assertThat(silent.offeredPerSecond()).isLessThan(0.01);
    assertThat(silent.position()).isEqualTo(LAST);
    // The first frame after it carries the hour in its capture span.
    now += Histories.TICK_NANOS;
    decide(
        new Observation(
            now,
            13,
            3_600_043_000_000L,
            10_000_000,
            13,
            9_100_000,
            13,
            28_600_000,
            26,
            62_400_000,
            100_000_000,
            100_000_000));
    now += Histories.TICK_NANOS;
    OperatingPoint point =
        decide(
            new Observation(
                now,
                13,
                43_000_000,
                60_000_000,
                13,
                9_100_000,
                13,
                28_600_000,
                26,
                62_400_000,
                100_000_000,
                100_000_000));
    assertThat(point.offeredPerSecond()).isGreaterThan(120);
    assertThat(point.position()).isLessThan(LAST * 0.8);
  }

  @Test
  void looksAsBeforeAfterAnHourOfSilence() {
    OperatingPointAfter.of(this::silence, 36_000);
    assertThat(OperatingPointAfter.of(this::light, 30).position()).isEqualTo(LAST);
  }

  @Test
  void onePauseDoesNotMoveTheOperatingPointMuch() {
    double before = OperatingPointAfter.of(this::steady, 200).position();
    now += Histories.TICK_NANOS;
    // Twentyfold, as a compilation or a collection does to the frames it hits.
    Observation paused = Histories.tick(now, 15, 30_000_000, 15, 15);
    OperatingPoint point =
        decide(
            new Observation(
                now,
                15,
                Histories.TICK_NANOS,
                30_000_000,
                15,
                20 * paused.decodeNanos(),
                15,
                20 * paused.glanceNanos(),
                15,
                20 * paused.focusNanos(),
                paused.spentNanos(),
                20 * paused.busyNanos()));
    assertThat(point.position()).isCloseTo(before, org.assertj.core.api.Assertions.within(1.0));
    assertThat(steady().position()).isCloseTo(before, org.assertj.core.api.Assertions.within(1.0));
  }

  @Test
  void theCoreThatOthersUseIsNotCountedOn() {
    OperatingPointAfter.of(this::light, 50);
    OperatingPoint alone = light();
    OperatingPoint shared = alone;
    for (int tick = 0; tick < 30; tick++) {
      now += Histories.TICK_NANOS;
      Observation seen = Histories.tick(now, 12, 30_000_000, 12, 12);
      shared =
          decide(
              new Observation(
                  now,
                  12,
                  Histories.TICK_NANOS,
                  30_000_000,
                  12,
                  seen.decodeNanos(),
                  12,
                  seen.glanceNanos(),
                  12,
                  seen.focusNanos(),
                  seen.spentNanos(),
                  2 * seen.spentNanos()));
    }
    assertThat(shared.costNanos() * shared.demandPerSecond() / 1e9).isBetween(0.4, 0.5);
  }

  @Test
  void refusesTheMemoryOfAnotherController() {
    double[] others = Histories.controller(ControllerKind.PI).initialMemory();
    assertThat(law.accepts(others)).isFalse();
    assertThat(law.accepts(new double[0])).isFalse();
    assertThatThrownBy(() -> law.next(others, SETTINGS, Observation.silence(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layout 1004.0")
        .hasMessageContaining("but had layout 4002.0, 9 entries");
  }

  @Test
  void refusesAMemoryThatIsNotANumber() {
    double[] broken = law.initialMemory();
    broken[5] = Double.NaN;
    assertThat(law.accepts(broken)).isFalse();
  }

  private OperatingPoint light() {
    now += Histories.TICK_NANOS;
    return decide(Histories.tick(now, 6, 20_000_000, 6, 12));
  }

  private OperatingPoint steady() {
    now += Histories.TICK_NANOS;
    return decide(Histories.tick(now, 15, 20_000_000, 15, 14));
  }

  private OperatingPoint saturated() {
    now += Histories.TICK_NANOS;
    return decide(Histories.tick(now, 60, 40_000_000, 26, 0));
  }

  private OperatingPoint silence() {
    now += Histories.TICK_NANOS;
    return decide(Observation.silence(now));
  }

  private OperatingPoint decide(Observation seen) {
    Decision decision = law.next(memory, SETTINGS, seen);
    memory = decision.memory();
    return decision.point();
  }

  /** Repeats a kind of tick. */
  private interface OperatingPointAfter {
    OperatingPoint tick();

    static OperatingPoint of(OperatingPointAfter kind, int ticks) {
      OperatingPoint point = kind.tick();
      for (int tick = 1; tick < ticks; tick++) {
        point = kind.tick();
      }
      return point;
    }
  }
}
