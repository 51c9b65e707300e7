package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.Label;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger(2);

  private static Label label(int camera, long sequence, int partition, long offset) {
    return Labelled.classified("camera-" + camera, sequence, partition, offset, 0);
  }

  @Test
  void knowsEveryFrameWithoutALabel() {
    for (int i = 0; i < 10_000; i++) {
      ledger.acknowledged(i % 2, i / 2, i % 2, i / 2);
    }
    for (int i = 0; i < 10_000; i++) {
      if (i != 17 && i != 9_999) {
        ledger.committed(label(i % 2, i / 2, i % 2, i / 2));
      }
    }

    assertThat(ledger.missing()).isEqualTo(2);
    assertThat(ledger.account().frames()).isEqualTo(10_000);
    assertThat(ledger.account().labels()).isEqualTo(9_998);
    assertThat(ledger.account().lost()).isEqualTo(2);
    assertThat(ledger.account().duplicates()).isZero();
    assertThat(ledger.account().strange()).isZero();
    assertThat(ledger.account().outcomes()).containsEntry("classified", 9_998L);
  }

  @Test
  void countsALabelThatComesAgainAndWhatItCost() {
    ledger.acknowledged(0, 0, 0, 5);
    for (int i = 0; i < 3; i++) {
      ledger.written(label(0, 5, 0, 0));
    }
    ledger.committed(label(0, 5, 0, 0));
    ledger.committed(label(0, 5, 0, 0));

    assertThat(ledger.account().duplicates()).isEqualTo(1);
    assertThat(ledger.account().strange()).isZero();
    assertThat(ledger.account().committedMillis()).isEqualTo(5);
    assertThat(ledger.account().wastedMillis()).isEqualTo(10);
  }

  @Test
  void noticesThatTheReaderOfAllRecordsHasMissedOne() {
    ledger.acknowledged(0, 0, 0, 5);
    ledger.acknowledged(0, 1, 0, 6);
    ledger.written(label(0, 5, 0, 0));
    ledger.committed(label(0, 5, 0, 0));
    assertThat(ledger.account().unread()).isZero();

    ledger.committed(label(0, 6, 0, 1));
    assertThat(ledger.account().unread()).isEqualTo(1);
    assertThat(ledger.account().wastedMillis()).isEqualTo(-5);
  }

  @Test
  void bookingALabelBeforeItsFrameIsNoMistake() {
    ledger.committed(label(1, 3, 1, 0));
    assertThat(ledger.account().strange()).isEqualTo(1);

    ledger.acknowledged(1, 0, 1, 3);
    assertThat(ledger.account().strange()).isZero();
    assertThat(ledger.account().lost()).isZero();
  }

  @Test
  void noticesALabelThatIsAnothersAndOneThatSaysSomethingElseTheSecondTime() {
    ledger.acknowledged(0, 0, 0, 0);
    ledger.acknowledged(0, 1, 0, 1);
    ledger.committed(label(0, 1, 0, 0));
    ledger.committed(label(0, 1, 0, 1));
    ledger.committed(label(0, 7, 0, 1));
    ledger.committed(Labelled.classified("somebody", 0, 0, 2, 0));

    assertThat(ledger.account().strange()).isEqualTo(3);
  }
}
