package io.saccade.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.camera.Counts;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CourseTest {
  private final Ledger ledger = new Ledger(Map.of(), Map.of(), 0);
  private final Course course =
      new Course(
          new QuickstartOptions(
              Path.of("."),
              4,
              1,
              15,
              0.8,
              200,
              800,
              Path.of("b"),
              false,
              null,
              0,
              0,
              0,
              null,
              0,
              true,
              false,
              0),
          ledger);

  private QuickstartReport report() {
    course.camerasStopped(new Counts(1, 1, Map.of()), 1);
    return course.report(0);
  }

  @Test
  void reportsTheBudgetThatWasInForceRatherThanTheOneAskedForAtTheStart() {
    ledger.book(Records.classified("gate", 0, 0, "bolt", 1), 0, 1_000);
    ledger.book(Records.decision(0, 1, 1_100, 0, 0));
    ledger.book(Records.decision(0, 1, 1_200, 40, 6));

    assertThat(report().budgetCores()).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void reportsTheBudgetAskedForWhenNothingWasMeasured() {
    assertThat(report().budgetCores()).isEqualTo(0.8);
    assertThat(report().processCores()).isZero();
  }

  @Test
  void measuresTheWholeProcessFromTheEndOfTheWarmUp() {
    course.look();
    ledger.book(Records.classified("gate", 0, 0, "bolt", 1), 0, 1_000);
    ledger.book(Records.decision(0, 1, 1_100, 0, 0));
    ledger.book(Records.decision(0, 1, 1_200, 40, 6));
    course.look();
    long spent = Machine.processCpuNanos();
    while (Machine.processCpuNanos() - spent < 50_000_000) {
      Thread.onSpinWait();
    }
    course.look();

    assertThat(report().processCores())
        .isGreaterThan(0.01)
        .isLessThan(Runtime.getRuntime().availableProcessors() + 0.5);
  }
}
