package io.saccade.console.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.Control;
import io.saccade.wire.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InForceTest {
  private static final Map<String, Control.Camera> CAMERAS =
      Map.of("yard", new Control.Camera(2, 0.3));
  private static final Control WRITTEN =
      new Control(Control.SCHEMA, 7, "ada", 0.6, null, 100, 400, 0.02, CAMERAS);

  @Test
  void whatWasWrittenHoldsWhenTheJobFollowsIt() {
    assertThat(InForce.of(Optional.of(WRITTEN), List.of(decision(7)))).contains(WRITTEN);
  }

  @Test
  void aSubtaskThatLagsDoesNotWipeCamerasAndAudits() {
    Control inForce = InForce.of(Optional.of(WRITTEN), List.of(decision(6))).orElseThrow();

    assertThat(inForce.budgetCores()).isEqualTo(0.8);
    assertThat(inForce.cameras()).isEqualTo(CAMERAS);
    assertThat(inForce.auditShare()).isEqualTo(0.02);
  }

  @Test
  void whatWasWrittenHoldsWhenOneOfTheJobsFollowsIt() {
    Running both = Running.of(List.of(decision("day", 6), decision("night", 7)));
    Running neither = Running.of(List.of(decision("day", 6), decision("night", 5)));

    assertThat(InForce.of(Optional.of(WRITTEN), both)).contains(WRITTEN);
    assertThat(InForce.of(Optional.of(WRITTEN), neither).orElseThrow().budgetCores())
        .isEqualTo(0.8);
    assertThat(InForce.of(Optional.of(WRITTEN), new Running(List.of()))).contains(WRITTEN);
  }

  private static Status decision(long epoch) {
    return decision("job", epoch);
  }

  private static Status decision(String job, long epoch) {
    Status.Settings settings =
        new Status.Settings(0.8, 200_000_000, 800_000_000, 1, 1, Status.Settings.CORES, null);
    return Status.decision(
        new Status.From(0, 1, 1_760_000_000_000L, epoch, job),
        "law",
        settings,
        null,
        List.of(),
        null,
        null);
  }
}
