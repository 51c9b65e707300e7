package io.saccade.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselinesTest {
  private static final int LAST = SmallNetwork.reach().length - 1;

  @Test
  void fixedStaysAtItsPosition() {
    assertThat(after(ControllerKind.FIXED, 10, 600_000_000).position()).isEqualTo(LAST);
    Controller glanceOnly =
        new FixedPoint(new CostCurve(SmallNetwork.reach()), SmallNetwork.COSTS, 0);
    assertThat(
            glanceOnly
                .next(glanceOnly.initialMemory(), Settings.of(1), Observation.silence(1))
                .point()
                .position())
        .isZero();
    assertThatThrownBy(
            () -> new FixedPoint(new CostCurve(SmallNetwork.reach()), SmallNetwork.COSTS, 20))
        .hasMessage("position must be within [0, 19], but was 20.0");
  }

  @Test
  void theOthersLookFurtherWhenFramesAreYoungAndThinWhenTheyAreOld() {
    for (ControllerKind kind : List.of(ControllerKind.AIMD, ControllerKind.PI)) {
      assertThat(after(kind, 100, 20_000_000).position()).as(kind.name()).isEqualTo(LAST);
      OperatingPoint late = after(kind, 100, 700_000_000);
      assertThat(late.position()).as(kind.name()).isZero();
      assertThat(late.keep()).as(kind.name()).isLessThan(0.1);
    }
  }

  private static OperatingPoint after(ControllerKind kind, int ticks, long ageNanos) {
    Controller controller = Histories.controller(kind);
    List<Observation> log = new ArrayList<>();
    for (int tick = 0; tick < ticks; tick++) {
      log.add(
          Histories.tick(Histories.START_NANOS + tick * Histories.TICK_NANOS, 5, ageNanos, 5, 5));
    }
    double[] memory = Histories.remember(controller, Settings.of(0.8), log.subList(0, ticks - 1));
    return controller.next(memory, Settings.of(0.8), log.get(ticks - 1)).point();
  }
}
