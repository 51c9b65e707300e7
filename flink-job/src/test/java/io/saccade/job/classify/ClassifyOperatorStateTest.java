package io.saccade.job.classify;

import static io.saccade.job.classify.ScriptedNetwork.picture;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.job.control.Governor;
import io.saccade.job.control.GovernorState;
import io.saccade.job.control.JobBudget;
import io.saccade.job.control.Place;
import io.saccade.wire.Event;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ClassifyOperatorStateTest {
  private final FakeClock clock = new FakeClock();
  private final ScriptedNetwork network = new ScriptedNetwork(clock);

  @Test
  void theOperatingPointGoesOnWithoutAJump() throws Exception {
    OperatorSubtaskState state;
    double before;
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.play("gate", 160, 10);
      before = subtask.labels().get(subtask.labels().size() - 1).operatingPoint();
      state = subtask.snapshot();
    }
    assertThat(before).isBetween(0.2, 0.8);

    try (Subtask subtask = restored(state, 0, 1)) {
      subtask.play("gate", 160, 2);
      assertThat(subtask.labels().get(0).operatingPoint()).isEqualTo(before);
      assertThat(subtask.labels())
          .extracting(Label::operatingPoint)
          .allSatisfy(point -> assertThat(point).isCloseTo(before, within(0.3)));
    }
  }

  @Test
  void theControlSettingsInForceSurvive() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(Controls.of(7, 0.3, 100, 400));
      state = subtask.snapshot();
    }
    try (Subtask subtask = restored(state, 0, 1)) {
      subtask.tick();
      assertThat(subtask.lastDecision().epoch()).isEqualTo(7);
      assertThat(subtask.lastBudget()).isEqualTo(0.3);
      subtask.control(Controls.of(7, 0.4, 100, 400));
      assertThat(subtask.statuses(Status.CONTROL_REFUSED)).hasSize(1);
    }
  }

  /** As those that were kept by a release that took any cap above nothing. */
  @Test
  void settingsThatWereKeptAndCanNoLongerBeReadAreRefusedAndTheStartsHold() {
    Governor governor = governor();
    governor.follow(Controls.of(7, 0.3, 100, 400), clock.epochNanos(), clock.elapsedNanos());
    Governor restored = governor();
    assertThat(restored.restore(List.of(governor.kept()), clock.elapsedNanos())).isEmpty();
    assertThat(restored.epoch()).isEqualTo(7);

    byte[] forged =
        new String(Controls.of(7, 0.3, 100, 400), UTF_8)
            .replace("\"cameras\":{", "\"cameras\":{\"yard\":{\"weight\":1,\"cap\":4.9e-324}")
            .getBytes(UTF_8);
    restored = governor();
    assertThat(restored.restore(List.of(with(forged, governor.kept())), clock.elapsedNanos()))
        .hasValueSatisfying(why -> assertThat(why).contains("cameras.yard cap must be within"));
    assertThat(restored.epoch()).isZero();
    assertThat(restored.budget()).isEqualTo(Subtask.START.budget());
    assertThat(restored.kept().control()).isNull();
  }

  private Governor governor() {
    return new Governor(
        new Place("test", 0, 1),
        Subtask.START.law(network),
        Subtask.START.budget(),
        clock.epochNanos(),
        clock.elapsedNanos());
  }

  private static GovernorState with(byte[] control, GovernorState kept) {
    return new GovernorState(
        kept.subtask(),
        kept.parallelism(),
        kept.law(),
        kept.model(),
        kept.memory(),
        kept.epoch(),
        kept.cores(),
        kept.targetAgeMillis(),
        kept.maxAgeMillis(),
        kept.position(),
        kept.keep(),
        kept.offeredPerSecond(),
        kept.demandPerSecond(),
        kept.costNanos(),
        kept.slowdown(),
        control,
        kept.meter(),
        kept.demand());
  }

  @Test
  void withoutControlRecordsANewBudgetAtTheStartHolds() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, network)) {
      state = subtask.snapshot();
    }
    Start start =
        new Start(
            "test", JobBudget.ofCores(0.5, 200, 800), Subtask.START.controller(), null, 500, 3_000);
    try (Subtask subtask = Subtask.restored(clock, network, start, 0, 1, state)) {
      subtask.tick();
      assertThat(subtask.lastBudget()).isEqualTo(0.5);
    }
  }

  @Test
  void whatACameraShowedIsNotSaidAgain() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, network)) {
      show(subtask, 2, 10);
      assertThat(subtask.events()).hasSize(1);
      state = subtask.snapshot();
    }
    try (Subtask subtask = restored(state, 0, 1)) {
      show(subtask, 2, 10);
      assertThat(subtask.events()).isEmpty();
      show(subtask, 0, 20);
      assertThat(subtask.events()).singleElement().extracting(Event::from).isEqualTo("cobalt");
    }
  }

  @Test
  void twoSubtasksShareTheBudgetAndKeepTheSettingsAfterARescale() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(Controls.of(7, 0.6, 100, 400));
      subtask.play("gate", 100, 3);
      show(subtask, 2, 10);
      state = subtask.snapshot();
    }
    for (int index = 0; index < 2; index++) {
      OperatorSubtaskState share =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 16, 1, 2, index);
      try (Subtask subtask = restored(share, index, 2)) {
        subtask.tick();
        Status decision = subtask.lastDecision();
        assertThat(decision.epoch()).isEqualTo(7);
        assertThat(subtask.lastBudget()).isEqualTo(0.3);
        // The controller goes on: it remembers when it decided last.
        assertThat(decision.memory().get(1)).isPositive();
        show(subtask, 2, 5);
        assertThat(subtask.events()).as("known to whoever gets the camera").isEmpty();
      }
    }
  }

  @Test
  void afterARescaleACameraThatWentElsewhereIsForgottenWithoutAWord() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, network)) {
      show(subtask, 2, 10);
      state = subtask.snapshot();
    }
    OperatorSubtaskState share =
        AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 16, 1, 2, 1);
    try (Subtask subtask = restored(share, 1, 2)) {
      for (int tick = 0; tick < 700; tick++) {
        subtask.tick();
      }
      assertThat(subtask.events()).isEmpty();
      show(subtask, 2, 10);
      // Forgotten, so it is news again.
      assertThat(subtask.events()).singleElement().extracting(Event::from).isNull();
    }
  }

  @Test
  void aRestartSoonAfterARescaleMakesNoCameraSilentThatWentElsewhere() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, network)) {
      show(subtask, 2, 10);
      state = subtask.snapshot();
    }
    OperatorSubtaskState[] rescaled = new OperatorSubtaskState[2];
    for (int index = 0; index < 2; index++) {
      try (Subtask subtask = restored(ofTwo(state, 1, index), index, 2)) {
        subtask.tick();
        rescaled[index] = subtask.snapshot();
      }
    }
    state = AbstractStreamOperatorTestHarness.repackageState(rescaled);
    for (int index = 0; index < 2; index++) {
      try (Subtask subtask = restored(ofTwo(state, 2, index), index, 2)) {
        for (int tick = 0; tick < 50; tick++) {
          subtask.tick();
        }
        assertThat(subtask.events()).isEmpty();
        show(subtask, 2, 5);
        assertThat(subtask.events()).as("still known").isEmpty();
      }
    }
  }

  private static OperatorSubtaskState ofTwo(OperatorSubtaskState state, int before, int index) {
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 16, before, 2, index);
  }

  @Test
  void aBudgetThatFewerSubtasksCannotUseIsCutToWhatTheyCan() throws Exception {
    OperatorSubtaskState first;
    try (Subtask subtask = Subtask.restored(clock, network, Subtask.START, 0, 2, null)) {
      subtask.control(Controls.of(7, 1.8, 100, 400));
      first = subtask.snapshot();
    }
    try (Subtask subtask = restored(first, 0, 1)) {
      subtask.tick();
      assertThat(subtask.lastBudget()).isEqualTo(0.95);
    }
  }

  @Test
  void aBudgetThatWasCutIsWholeAgainWithMoreSubtasks() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.restored(clock, network, Subtask.START, 0, 2, null)) {
      subtask.control(Controls.of(7, 1.8, 100, 400));
      state = subtask.snapshot();
    }
    try (Subtask subtask = restored(state, 0, 1)) {
      state = subtask.snapshot();
    }
    OperatorSubtaskState share =
        AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 16, 1, 2, 0);
    try (Subtask subtask = restored(share, 0, 2)) {
      subtask.tick();
      assertThat(subtask.lastBudget()).isEqualTo(0.9);
    }
  }

  @Test
  void anotherModelStartsTheControllerAnewAndKeepsTheSettings() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(Controls.of(7, 0.6, 100, 400));
      subtask.play("gate", 160, 3);
      state = subtask.snapshot();
    }
    ScriptedNetwork other = new ScriptedNetwork(clock, "b2".repeat(32));
    try (Subtask subtask = Subtask.restored(clock, other, Subtask.START, 0, 1, state)) {
      subtask.tick();
      assertThat(subtask.lastDecision().memory().get(1)).isZero();
      assertThat(subtask.lastDecision().epoch()).isEqualTo(7);
    }
  }

  private Subtask restored(OperatorSubtaskState state, int index, int parallelism)
      throws Exception {
    return Subtask.restored(clock, network, Subtask.START, index, parallelism, state);
  }

  private static void show(Subtask subtask, int kind, int frames) throws Exception {
    for (int frame = 0; frame < frames; frame++) {
      subtask.frame("gate", picture(kind, 90));
      subtask.tick();
    }
  }
}
