package io.saccade.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.saccade.budget.Controller.Decision;
import org.junit.jupiter.api.Test;

class BudgetLawTest {
  private static final Settings SETTINGS = Settings.of(0.8);
  private static final double WORK =
      15 * 10 * (SmallNetwork.WORK.glance() + 0.5 * SmallNetwork.WORK.focus());
  private static final int LAST = SmallNetwork.reach().length - 1;

  private final Controller law = Histories.controller(ControllerKind.LAW);
  private Settings settings = SETTINGS;
  private double[] memory = law.initialMemory();
  private long now = Histories.START_NANOS;
  private double position;
  private double owed;

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
  void whatIsLateAtACoreThatIdlesDidNotWaitForIt() {
    OperatingPoint late = OperatingPointAfter.of(() -> aged(500_000_000, 0.8), 20);
    assertThat(late.demandPerSecond()).isCloseTo(late.offeredPerSecond(), within(0.1));
  }

  @Test
  void whatIsLateAtACoreThatWasBusyAllTheTimeIsABacklog() {
    OperatingPointAfter.of(this::light, 20);
    OperatingPoint begun = OperatingPointAfter.of(() -> aged(500_000_000, 1), 2);
    assertThat(begun.demandPerSecond()).isCloseTo(begun.offeredPerSecond(), within(0.1));
    OperatingPoint backlog = OperatingPointAfter.of(() -> aged(500_000_000, 1), 3);
    // 300 ms beyond the target, to be worked off within 500.
    assertThat(backlog.demandPerSecond()).isCloseTo(1.6 * backlog.offeredPerSecond(), within(0.1));
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
    assertThat(point.position()).isCloseTo(before, within(1.0));
    assertThat(steady().position()).isCloseTo(before, within(1.0));
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
  void multiplyAddsLimitLooksWhateverTheyCostInTime() {
    settings = Settings.of(Budget.multiplyAdds(WORK));
    OperatingPoint point = OperatingPointAfter.of(() -> follow(15), 200);
    assertThat(looks(point.position())).isCloseTo(0.5, within(0.05));
    // Everything three times as fast: nothing changes.
    OperatingPoint faster = OperatingPointAfter.of(() -> decide(sped(followed(15))), 50);
    assertThat(looks(faster.position())).isCloseTo(0.5, within(0.05));
  }

  @Test
  void withoutABudgetTheCoreIsTheLimit() {
    settings = Settings.of(Budget.LATENCY_ONLY);
    OperatingPoint point = OperatingPointAfter.of(() -> follow(15), 200);
    assertThat(point.keep()).isEqualTo(1);
    assertThat(point.costNanos() * point.offeredPerSecond() / 1e9).isCloseTo(0.95, within(0.02));
    assertThat(OperatingPointAfter.of(this::light, 20).position()).isEqualTo(LAST);
  }

  @Test
  void theCoreIsALimitBesideEveryBudget() {
    for (Budget much :
        new Budget[] {Budget.cores(100), Budget.multiplyAdds(1e15), Budget.LATENCY_ONLY}) {
      settings = Settings.of(much);
      memory = law.initialMemory();
      OperatingPoint point = OperatingPointAfter.of(this::saturated, 100);
      assertThat(point.position()).isZero();
      assertThat(point.keep()).isLessThan(0.7);
    }
  }

  @Test
  void anotherBudgetIsInForceAtTheNextTick() {
    settings = Settings.of(0.8);
    OperatingPoint before = OperatingPointAfter.of(() -> follow(15), 300);
    settings = Settings.of(0.6);
    OperatingPoint after = follow(15);
    double ratio = after.costNanos() / before.costNanos();
    assertThat(ratio).isCloseTo(0.6 / 0.8, within(0.05));
    settings = Settings.of(Budget.multiplyAdds(WORK));
    assertThat(looks(follow(15).position())).isLessThanOrEqualTo(0.55);
  }

  @Test
  void aBudgetInAnotherUnitStartsLevel() {
    // More cores than six frames a tick can use: the purse is full.
    OperatingPointAfter.of(() -> follow(6), 300);
    settings = Settings.of(Budget.multiplyAdds(WORK * 6 / 15));
    // A full purse would be pulled by a seventh of the budget: to 0.7 looks.
    assertThat(looks(follow(6).position())).isCloseTo(0.5, within(0.08));
  }

  @Test
  void savingsDoNotHideThreeTimesTheLoad() {
    OperatingPointAfter.of(this::light, 300);
    OperatingPoint settled = OperatingPointAfter.of(() -> follow(30), 4);
    OperatingPoint later = OperatingPointAfter.of(() -> follow(30), 300);
    assertThat(settled.costNanos()).isCloseTo(later.costNanos(), withinPercentage(10));
  }

  @Test
  void doesNotFreezeInAnHourOfCalm() {
    OperatingPointAfter.of(() -> follow(15), 36_000);
    OperatingPoint point = OperatingPointAfter.of(() -> follow(30), 4);
    assertThat(point.offeredPerSecond()).isGreaterThan(250);
    assertThat(point.costNanos()).isLessThan(1e9 * 0.9 / 300);
  }

  @Test
  void anAlternatingLoadIsOneLoad() {
    double low = 0;
    double high = 0;
    for (int phase = 0; phase < 20; phase++) {
      low = OperatingPointAfter.of(() -> follow(2), 20).offeredPerSecond();
      high = OperatingPointAfter.of(() -> follow(18), 20).offeredPerSecond();
    }
    assertThat(low).isCloseTo(high, withinPercentage(40));
  }

  @Test
  void refusesTheMemoryOfAnotherController() {
    double[] others = Histories.controller(ControllerKind.PI).initialMemory();
    assertThat(law.accepts(others)).isFalse();
    assertThat(law.accepts(new double[0])).isFalse();
    assertThatThrownBy(() -> law.next(others, SETTINGS, Observation.silence(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layout 1005.0")
        .hasMessageContaining("but had layout 4002.0, 9 entries");
  }

  @Test
  void refusesAMemoryThatIsNotANumber() {
    double[] broken = law.initialMemory();
    broken[5] = Double.NaN;
    assertThat(law.accepts(broken)).isFalse();
  }

  /** So many frames in a tick, looked at as decided before. */
  private OperatingPoint follow(long frames) {
    return decide(followed(frames));
  }

  private Observation followed(long frames) {
    owed += frames * looks(position);
    long focuses = (long) owed;
    owed -= focuses;
    return Histories.tick(later(), frames, 20_000_000, frames, focuses);
  }

  private long later() {
    now += Histories.TICK_NANOS;
    return now;
  }

  private static Observation sped(Observation seen) {
    return new Observation(
        seen.nowNanos(),
        seen.arrivals(),
        seen.captureSpanNanos(),
        seen.minimumAgeNanos(),
        seen.decodes(),
        seen.decodeNanos() / 3,
        seen.glances(),
        seen.glanceNanos() / 3,
        seen.focuses(),
        seen.focusNanos() / 3,
        seen.spentNanos() / 3,
        seen.busyNanos() / 3);
  }

  private static double looks(double position) {
    return new CostCurve(SmallNetwork.reach()).looks(position);
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

  private OperatingPoint aged(long ageNanos, double occupied) {
    now += Histories.TICK_NANOS;
    Observation seen = Histories.tick(now, 6, ageNanos, 6, 12);
    return decide(
        new Observation(
            now,
            seen.arrivals(),
            seen.captureSpanNanos(),
            seen.minimumAgeNanos(),
            seen.decodes(),
            seen.decodeNanos(),
            seen.glances(),
            seen.glanceNanos(),
            seen.focuses(),
            seen.focusNanos(),
            seen.spentNanos(),
            (long) (occupied * Histories.TICK_NANOS)));
  }

  private OperatingPoint silence() {
    now += Histories.TICK_NANOS;
    return decide(Observation.silence(now));
  }

  private OperatingPoint decide(Observation seen) {
    Decision decision = law.next(memory, settings, seen);
    memory = decision.memory();
    position = decision.point().position();
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
