package io.saccade.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.wire.Label;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final long WARM_UP_MILLIS = 1_000;

  private final Ledger ledger =
      new Ledger(
          Map.of("camera-00", "bolt", "camera-01", "nut"), Map.of(0, 100L, 1, 0L), WARM_UP_MILLIS);

  private void book(Label label) {
    ledger.book(label, 7, 50_000);
  }

  @Test
  void countsAFrameOnceHoweverOftenItIsLabelled() {
    book(Records.classified("camera-00", 0, 100, "bolt", 1));
    book(Records.classified("camera-00", 0, 100, "bolt", 1));
    book(Records.classified("camera-00", 1, 100, "bolt", 1));

    assertThat(ledger.labels()).isEqualTo(2);
    assertThat(ledger.duplicates()).isEqualTo(1);
  }

  @Test
  void leavesOutFramesOfAnEarlierRun() {
    book(Records.shed("camera-00", 0, 99));

    assertThat(ledger.labels()).isZero();
    assertThat(ledger.count(Label.SHED)).isZero();
  }

  @Test
  void countsWhatBecameOfFramesAndHowManyLooksTheyGot() {
    book(Records.classified("camera-00", 0, 100, "bolt", 3));
    book(Records.classified("camera-00", 0, 101, "bolt", 1));
    book(Records.classified("camera-00", 0, 102, "bolt", 3));
    book(Records.shed("camera-00", 0, 103));

    assertThat(ledger.count(Label.CLASSIFIED)).isEqualTo(3);
    assertThat(ledger.count(Label.SHED)).isEqualTo(1);
    assertThat(ledger.count(Label.UNREADABLE)).isZero();
    assertThat(ledger.looks()).containsExactly(1L, 0L, 2L);
    assertThat(ledger.meanLooks()).isCloseTo(7 / 3.0, within(1e-9));
  }

  @Test
  void judgesOnlyClassifiedFramesOfCamerasThatAreKnown() {
    assertThat(ledger.accuracy()).isZero();
    book(Records.classified("camera-00", 0, 100, "bolt", 1));
    book(Records.classified("camera-01", 0, 101, "bolt", 1));
    book(Records.classified("gate", 0, 102, "bolt", 1));
    book(Records.shed("camera-00", 0, 103));

    assertThat(ledger.accuracy()).isEqualTo(0.5);
  }

  @Test
  void knowsTheAgesOfClassifiedFramesOnly() {
    for (int i = 100; i < 200; i++) {
      book(Records.classified("camera-00", 0, i, "bolt", 1));
    }
    book(Records.shed("camera-00", 0, 5_000));

    // The labels' ages are 130 to 229 ms.
    assertThat(ledger.ageMillis(50)).isCloseTo(179, within(1L));
    assertThat(ledger.ageMillis(99)).isCloseTo(228, within(1L));
  }

  @Test
  void countsSpendingOnlyAfterTheWarmUpAndUntilTheWindowEnds() {
    ledger.book(Records.decision(0, 1, 49_000, 70, 20));
    assertThat(ledger.spending().seconds()).isZero();
    book(Records.shed("camera-00", 0, 100));
    for (long at = 50_000; at <= 53_000; at += 100) {
      ledger.book(Records.decision(0, 1, at, at < 51_000 ? 100 : 40, 6));
    }
    ledger.endOfWindow();
    ledger.book(Records.decision(0, 1, 53_100, 5_000, 6));

    Spending.Figures figures = ledger.spending();
    assertThat(figures.seconds()).isCloseTo(2, within(1e-9));
    assertThat(figures.usedCores()).isCloseTo(0.4, within(1e-9));
    assertThat(figures.arrivalsPerSecond()).isCloseTo(60, within(1e-9));
    assertThat(figures.millisPerFrame()).isCloseTo(40 / 6.0, within(1e-9));
  }
}
