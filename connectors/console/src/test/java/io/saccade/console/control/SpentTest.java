package io.saccade.console.control;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.wire.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpentTest {
  private static final Status.Nominal KNOWN = new Status.Nominal(1e6, 2e6, 2e6, 70e6, 80e6);

  private static Status tick(
      int subtask, long millis, long spentMillis, Status.@Nullable Nominal nominal) {
    return Status.decision(
        new Status.From(subtask, 2, millis, 1),
        "LAW",
        new Status.Settings(0.5, 200_000_000, 800_000_000, 1, 1),
        new Status.Seen(
            millis * 1_000_000, 5, 0, 0, 5, 0, 5, 0, 2, 0, spentMillis * 1_000_000, 60_000_000),
        List.of(),
        null,
        nominal);
  }

  @Test
  void isTheSumOfAllTicksButTheFirstOverTheTimeBetween() {
    var spent =
        Spent.of(
            List.of(
                tick(0, 1_000, 90, KNOWN),
                tick(1, 1_050, 10, KNOWN),
                tick(0, 1_100, 40, KNOWN),
                tick(0, 1_300, 50, KNOWN)));

    assertThat(spent).containsOnlyKeys(0);
    Spent one = requireNonNull(spent.get(0));
    assertThat(one.cores()).isCloseTo(0.3, within(1e-9));
    assertThat(one.multiplyAdds()).isCloseTo((10 * 70e6 + 4 * 80e6) / 0.3, within(1.0));
  }

  @Test
  void doesNotKnowMultiplyAddsThatNobodyTells() {
    var spent = Spent.of(List.of(tick(1, 1_000, 90, null), tick(1, 1_100, 40, null)));
    Spent one = requireNonNull(spent.get(1));

    assertThat(one.cores()).isCloseTo(0.4, within(1e-9));
    assertThat(one.multiplyAdds()).isNaN();
  }

  @Test
  void saysNothingOfATickAlone() {
    assertThat(Spent.of(List.of(tick(0, 1_000, 90, KNOWN)))).isEmpty();
  }
}
