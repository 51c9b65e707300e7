package io.saccade.budget.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NeighboursTest {
  private static final long SECOND = 1_000_000_000L;

  private final Neighbours second = new Neighbours(1, 3, 0);

  @Test
  void takesTheEqualShareBeforeItHearsItself() {
    assertThat(second.deaf(0)).isTrue();
    second.hear(Demands.of(0, 3, 0.1, 0.2), SECOND);
    assertThat(second.share(0.9, SECOND)).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void sharesByDemandOnceAllAreHeard() {
    hearAll(SECOND);
    assertThat(second.deaf(SECOND)).isFalse();
    assertThat(second.share(0.9, SECOND)).isGreaterThan(0.5);
  }

  @Test
  void leavesTheEqualShareToThoseNotYetHeardJustAfterTheStart() {
    second.hear(Demands.of(1, 3, 0.3, 0.9), SECOND);
    assertThat(second.share(0.9, SECOND)).isCloseTo(0.3, within(1e-12));
    assertThat(second.share(0.9, 3 * SECOND)).isCloseTo(0.9, within(1e-12));
  }

  @Test
  void takesUpTheShareOfAVanishedNeighbourAfterTwoAndAHalfSeconds() {
    hearAll(10 * SECOND);
    double before = second.share(0.9, 10 * SECOND);
    second.hear(Demands.at(12_000, Demands.of(0, 3, 0.1, 0.2)), 12 * SECOND);
    second.hear(Demands.at(12_000, Demands.of(1, 3, 0.3, 0.9)), 12 * SECOND);
    assertThat(second.share(0.9, 12 * SECOND + SECOND / 2 - 1)).isEqualTo(before);
    assertThat(second.share(0.9, 12 * SECOND + SECOND / 2)).isGreaterThan(before + 0.05);
  }

  @Test
  void fallsBackToTheEqualShareWhenNothingIsHeard() {
    hearAll(10 * SECOND);
    assertThat(second.share(0.9, 13 * SECOND)).isCloseTo(0.3, within(1e-12));
    assertThat(second.deaf(13 * SECOND)).isTrue();
  }

  @Test
  void fallsBackToTheEqualShareWhenOnlyItsOwnNewsIsMissing() {
    hearAll(10 * SECOND);
    second.hear(Demands.at(12_000, Demands.of(0, 3, 0.1, 0.2)), 12 * SECOND);
    second.hear(Demands.at(12_000, Demands.of(2, 3, 0.1, 0.2)), 12 * SECOND);
    assertThat(second.share(0.9, 13 * SECOND)).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void leavesADeafNeighbourExactlyItsEqualShare() {
    Neighbours first = new Neighbours(0, 3, 0);
    Neighbours third = new Neighbours(2, 3, 0);
    double sum = 0;
    for (Neighbours each : new Neighbours[] {first, second, third}) {
      each.hear(Demands.deaf(Demands.of(0, 3, 0.1, 0.2)), SECOND);
      each.hear(Demands.of(1, 3, 0.3, 0.9), SECOND);
      each.hear(Demands.of(2, 3, 0.1, 0.2), SECOND);
      sum += each.share(0.9, SECOND);
    }
    assertThat(first.share(0.9, SECOND)).isCloseTo(0.3, within(1e-12));
    assertThat(sum).isCloseTo(0.9, within(1e-12));
  }

  @Test
  void aMuteNeighbourCostsAtMostAnEqualShareMore() {
    // The first is alive but heard by nobody; the others take it to be gone.
    double sum = new Neighbours(0, 3, 0).share(0.9, 10 * SECOND);
    for (Neighbours each : new Neighbours[] {second, new Neighbours(2, 3, 0)}) {
      each.hear(Demands.of(1, 3, 0.3, 0.9), 10 * SECOND);
      each.hear(Demands.of(2, 3, 0.1, 0.2), 10 * SECOND);
      sum += each.share(0.9, 10 * SECOND);
    }
    assertThat(sum).isCloseTo(0.9 + 0.3, within(1e-12));
  }

  @Test
  void passesOverNewsOfAnotherParallelismAndOldNews() {
    hearAll(SECOND);
    double before = second.share(0.9, SECOND);
    second.hear(Demands.of(0, 4, 0.9, 0.9), SECOND);
    second.hear(Demands.at(500, Demands.of(0, 3, 0.9, 0.9)), SECOND);
    assertThat(second.share(0.9, SECOND)).isEqualTo(before);
  }

  @Test
  void listensAgainToANeighbourWhoseClockWasSetBack() {
    hearAll(10 * SECOND);
    second.hear(Demands.at(500, Demands.of(0, 3, 0.3, 0.9)), 14 * SECOND);
    second.hear(Demands.at(14_000, Demands.of(1, 3, 0.3, 0.9)), 14 * SECOND);
    assertThat(second.share(0.9, 14 * SECOND)).isCloseTo(0.45, within(1e-9));
  }

  @Test
  void newsAgesWhileItIsCut() {
    assertThat(second.newsAgeSeconds(2 * SECOND)).isEqualTo(2);
    hearAll(5 * SECOND);
    assertThat(second.newsAgeSeconds(5 * SECOND)).isZero();
    assertThat(second.newsAgeSeconds(15 * SECOND)).isEqualTo(10);
    assertThat(new Neighbours(0, 1, 0).newsAgeSeconds(15 * SECOND)).isZero();
  }

  @Test
  void refusesNewsThatWouldOverflow() {
    assertThatThrownBy(() -> new Demand(0, 3, 0, 1e300, 0.1, 0.2, 0.95, 1, false))
        .hasMessage("frames per second must be at most 1000000.0, but was 1.0E300");
    assertThatThrownBy(() -> new Demand(0, 3, 0, 50, 0.1, 1e300, 0.95, 1, false))
        .hasMessageContaining("cores for every look must be at most");
    assertThatThrownBy(() -> new Demand(0, 3, 0, 50, 0.1, 0.2, 0.95, 1e300, false))
        .hasMessageContaining("weight must be at most");
    Demand tiny = new Demand(0, 3, 0, 1e6, 0, 1e-300, 0.95, 1, false);
    assertThat(tiny.inMultiplyAdds(75e6, 225e6).mostCores()).isFinite();
  }

  /** A share must be a budget, whatever is said of a core. */
  @Test
  void refusesNewsThatWouldVanish() {
    assertThatThrownBy(() -> new Demand(0, 3, 0, 50, 0, 0, 1e-320, 1, false))
        .hasMessage("most cores must be at least 0.01 and finite, but was 1.0E-320");
    Demand tiny = new Demand(1, 3, Long.MAX_VALUE, 1e-320, 0, 1e15, 0.95, 1e-320, false);
    hearAll(SECOND);
    second.hear(tiny, SECOND);
    double share = second.share(6e9, SECOND, Neighbours.Unit.multiplyAdds(75e6, 225e6));
    assertThat(share).isGreaterThanOrEqualTo(0.01);
  }

  @Test
  void aloneItTakesAll() {
    Neighbours alone = new Neighbours(0, 1, 0);
    assertThat(alone.share(0.8, 100 * SECOND)).isEqualTo(0.8);
    assertThat(alone.deaf(100 * SECOND)).isFalse();
  }

  @Test
  void sharesMultiplyAddsByFrames() {
    hearAll(SECOND);
    double share = second.share(6e9, SECOND, Neighbours.Unit.multiplyAdds(75e6, 225e6));
    // All three are offered 50 frames a second.
    assertThat(share).isCloseTo(2e9, within(1.0));
  }

  @Test
  void refusesASubtaskThatCannotBe() {
    assertThatThrownBy(() -> new Neighbours(3, 3, 0))
        .hasMessage("subtask must be within [0, parallelism), but was 3 of 3");
  }

  private void hearAll(long now) {
    second.hear(Demands.of(0, 3, 0.1, 0.2), now);
    second.hear(Demands.of(1, 3, 0.3, 0.9), now);
    second.hear(Demands.of(2, 3, 0.1, 0.2), now);
  }
}
