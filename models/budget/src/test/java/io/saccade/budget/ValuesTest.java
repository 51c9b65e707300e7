package io.saccade.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ValuesTest {

  @Test
  void settingsRefuseWhatMeansNothing() {
    for (double cores : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refused(
          () -> Settings.of(cores), "budget must be above 0 cores and finite, but was " + cores);
    }
    refused(() -> new Settings(1, 0, 1, 1, 1), "target age must be above 0 ns, but was 0 ns");
    refused(
        () -> new Settings(1, 2, 1, 1, 1),
        "maximum age must be at least the target age of 2 ns, but was 1 ns");
    refused(() -> new Settings(1, 1, 1, -1, 1), "window must be above 0 ns, but was -1 ns");
    refused(() -> new Settings(1, 1, 1, 1, 0), "drain horizon must be above 0 ns, but was 0 ns");
  }

  @Test
  void budgetsRefuseWhatMeansNothing() {
    for (double amount : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refused(
          () -> Budget.multiplyAdds(amount),
          "budget must be above 0 multiply-adds per second and finite, but was " + amount);
      refused(
          () -> new LookWork(1, amount),
          "multiply-adds of a focus look must be above 0 and finite, but were " + amount);
    }
    refused(
        () -> new Budget(Budget.Unit.NONE, 1), "without a budget 0 must be asked for, but was 1.0");
    assertThat(Budget.LATENCY_ONLY.of(3)).isEqualTo(Budget.LATENCY_ONLY);
    assertThat(Budget.cores(2).of(0.5)).isEqualTo(Budget.cores(0.5));
  }

  @Test
  void observationsRefuseWhatCannotHaveBeenSeen() {
    refused(() -> Observation.silence(-1), "now must be at least 0, but was -1");
    refused(() -> seen(0, -1), "CPU time spent must be at least 0, but was -1");
    refused(() -> seen(3, 0), "minimum age must be known when frames came, but was NO_FRAME for 3");
  }

  @Test
  void stageCostsRefuseNothingAndLess() {
    refused(
        () -> new StageCosts(0, 1, 1),
        "CPU time of decode must be above 0 ns and finite, but was 0.0");
    refused(
        () -> new StageCosts(1, Double.NaN, 1),
        "CPU time of glance must be above 0 ns and finite, but was NaN");
  }

  @Test
  void operatingPointsAreInRange() {
    refused(() -> new OperatingPoint(0, 0, 0, 0, 0, 1), "keep must be within (0, 1], but was 0.0");
    refused(
        () -> new OperatingPoint(Double.NaN, 1, 0, 0, 0, 1),
        "position must be at least 0 and finite, but was NaN");
  }

  @Test
  void anotherLookIsTakenOnlyWhenItEndsInTime() {
    Settings settings = Settings.of(1);
    StageCosts nominal = new StageCosts(1e6, 2e6, 3e6);
    LookDeadline deadline =
        LookDeadline.at(settings, nominal, new OperatingPoint(0, 1, 0, 0, 0, 2));
    assertThat(deadline.lookNanos()).isEqualTo(6e6);
    assertThat(deadline.allows(0)).isTrue();
    assertThat(deadline.allows(794_000_000)).isTrue();
    assertThat(deadline.allows(794_000_001)).isFalse();
    assertThat(deadline.allows(Long.MAX_VALUE)).isFalse();
    // A camera ahead of our clock.
    assertThat(deadline.allows(-1_000_000_000)).isTrue();
  }

  @Test
  void deadlinesRefuseNothingAndLess() {
    refused(() -> new LookDeadline(0, 1), "maximum age must be above 0 ns, but was 0");
    refused(
        () -> new LookDeadline(1, Double.NaN),
        "time of a look must be above 0 ns and finite, but was NaN");
  }

  private static Observation seen(long arrivals, long spentNanos) {
    return new Observation(1, arrivals, 0, Observation.NO_FRAME, 0, 0, 0, 0, 0, 0, spentNanos, 0);
  }

  private static void refused(ThrowingCallable what, String message) {
    assertThatThrownBy(what).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
