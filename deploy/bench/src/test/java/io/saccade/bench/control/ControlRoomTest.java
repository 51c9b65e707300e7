package io.saccade.bench.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.wire.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlRoomTest {
  private static final List<Long> WRITTEN = List.of(1_000L, 5_000L);

  @Test
  void aBudgetIsInForceWhenTheLastSubtaskFollows() {
    List<Status> answers =
        List.of(
            Scenes.accepted(1, 0, 2, 1_010),
            Scenes.accepted(1, 1, 2, 1_050),
            Scenes.accepted(2, 1, 2, 5_020),
            Scenes.accepted(2, 0, 2, 5_005),
            // A restarted job reads the record anew.
            Scenes.accepted(2, 0, 2, 9_000));

    assertThat(ControlRoom.secondsToForce(WRITTEN, answers)).containsExactly(0.05, 0.02);
  }

  @Test
  void saysWhenASubtaskHasNotFollowed() {
    assertThatThrownBy(
            () -> ControlRoom.secondsToForce(WRITTEN, List.of(Scenes.accepted(1, 0, 2, 1_010))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("all 2 subtasks must follow budget 1, but 1 did");
  }
}
