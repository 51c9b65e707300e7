package io.saccade.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CameraCountsTest {
  private final ScriptedClock clock = new ScriptedClock(60_000);
  private final CameraCounts counts = new CameraCounts("yard", clock);

  @Test
  void aStateBeginsWhenItChangesNotWhenItsReasonDoes() {
    clock.pass(100);
    counts.state(CameraState.RETRYING, "refused");
    clock.pass(100);
    counts.state(CameraState.RETRYING, "timed out");
    counts.state(CameraState.RETRYING, "timed out");

    assertThat(counts.condition())
        .isEqualTo(
            new CameraCounts.Condition(
                CameraState.RETRYING, "timed out", ScriptedClock.START_MILLIS + 100, 2));
  }

  @Test
  void theNewestFrameIsTheLatestWhateverComesAfterIt() {
    assertThat(counts.newestFrameMillis()).isNull();
    counts.newestFrame(20);
    counts.newestFrame(10);
    assertThat(counts.newestFrameMillis()).isEqualTo(20);
  }

  @Test
  void aNumberIsGivenOnceAndReservationsOnlyGrow() {
    Sequence sequence = new Sequence(7);
    assertThat(sequence.take()).isEqualTo(7);
    assertThat(sequence.take()).isEqualTo(8);
    sequence.reserve(100);
    sequence.reserve(50);
    assertThat(sequence.reserved()).isEqualTo(100);
    assertThat(sequence.next()).isEqualTo(9);
    assertThatThrownBy(() -> new Sequence(-1)).hasMessageContaining("at least 0, but was -1");
  }

  @Test
  void aCameraThatComesBackKeepsItsCounts() {
    CameraRoll roll = new CameraRoll(clock);
    CameraCounts first = roll.enroll("yard");
    assertThat(roll.enroll("yard")).isSameAs(first);
    roll.strike("yard");
    assertThat(roll.all()).isEmpty();
  }
}
