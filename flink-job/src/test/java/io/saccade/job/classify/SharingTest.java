package io.saccade.job.classify;

import static io.saccade.job.classify.ScriptedNetwork.picture;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.budget.share.Demand;
import io.saccade.job.control.JobBudget;
import io.saccade.wire.Control;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One budget for subtasks, cameras and audits. */
class SharingTest {
  private final FakeClock clock = new FakeClock();
  private final ScriptedNetwork network = new ScriptedNetwork(clock);

  @Test
  void aSubtaskTellsOnceASecondWhatItCouldSpend() throws Exception {
    try (Subtask subtask = first()) {
      subtask.play("gate", 100, 10);
      List<Status> news = subtask.statuses(Status.NEWS);
      assertThat(news).hasSizeBetween(9, 14);
      Status last = news.get(news.size() - 1);
      Status.Demand demand = requireNonNull(last.demand());
      assertThat(last.job()).isEqualTo("test");
      assertThat(last.parallelism()).isEqualTo(2);
      assertThat(demand.framesPerSecond()).isCloseTo(100, within(5.0));
      // 3 ms a glance, 7 ms with every look.
      assertThat(demand.glanceCores()).isCloseTo(0.3, within(0.05));
      assertThat(demand.fullCores()).isCloseTo(0.7, within(0.07));
      assertThat(demand.deaf()).as("its own news does not come back here").isTrue();
    }
  }

  @Test
  void theSubtaskWithMoreToDoGetsMoreOfTheBudget() throws Exception {
    try (Subtask subtask = first()) {
      subtask.news(demand(0, 0.6));
      subtask.news(demand(1, 0.1));
      subtask.tick();
      // 0.8 cores: the other one's 0.1, and half of what nobody asks for.
      assertThat(subtask.lastBudget()).isCloseTo(0.65, within(0.01));
    }
  }

  @Test
  void withoutNewsTheShareIsEqualAndIsSoAgainOnceNewsIsOld() throws Exception {
    try (Subtask subtask = first()) {
      subtask.tick();
      assertThat(subtask.lastBudget()).isEqualTo(0.4);
      subtask.news(demand(0, 0.6));
      subtask.news(demand(1, 0.1));
      ticks(subtask, 24);
      assertThat(subtask.lastBudget()).isCloseTo(0.65, within(0.01));
      ticks(subtask, 2);
      assertThat(subtask.lastBudget()).isEqualTo(0.4);
    }
  }

  @Test
  void theShareOfASubtaskThatVanishedIsTakenUpWithinThreeSeconds() throws Exception {
    try (Subtask subtask = first()) {
      subtask.news(demand(0, 0.9));
      subtask.news(demand(1, 0.9));
      subtask.tick();
      assertThat(subtask.lastBudget()).isCloseTo(0.4, within(0.01));
      for (int tick = 0; tick < 30; tick++) {
        subtask.news(demand(0, 0.9));
        subtask.tick();
      }
      assertThat(subtask.lastBudget()).isCloseTo(0.8, within(0.01));
    }
  }

  @Test
  void whatItCouldSpendIsKnownAfterARestart() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = first()) {
      subtask.play("gate", 100, 3);
      state = subtask.snapshot();
    }
    try (Subtask subtask = Subtask.restored(clock, network, Subtask.START, 0, 2, state)) {
      subtask.tick();
      Status.Demand demand = requireNonNull(last(subtask.statuses(Status.NEWS)).demand());
      assertThat(demand.framesPerSecond()).isCloseTo(100, within(10.0));
    }
  }

  @Test
  void aBudgetInMultiplyAddsIsHeld() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      // 1 million a glance, 5 with every look: 50 frames a second could use 250 million.
      subtask.control(Controls.of(control(null, 100e6, 0, Map.of())));
      subtask.play("gate", 50, 10);
      subtask.newLabels();
      subtask.play("gate", 50, 20);

      long looks = subtask.labels().stream().mapToLong(label -> label.looks().size()).sum();
      double used = (1_000 * 1e6 + (looks - 1_000) * 2e6) / 20;
      assertThat(subtask.labels()).hasSize(1_000);
      assertThat(used).isCloseTo(100e6, within(5e6));
      Status.Settings settings = requireNonNull(subtask.lastDecision().settings());
      assertThat(settings.budgetUnit()).isEqualTo("multiply-adds");
      assertThat(settings.budgetMultiplyAddsPerSecond()).isEqualTo(100e6);
    }
  }

  @Test
  void withoutABudgetFramesAreLookedAtAsLongAsTheyNeedNotWait() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(Controls.of(control(null, null, 0, Map.of())));
      // Every look costs 7 ms: 130 frames a second are 0.91 cores, within what a core gives.
      subtask.play("gate", 130, 10);
      Label last = subtask.labels().get(subtask.labels().size() - 1);
      assertThat(last.looks()).hasSize(3);
      assertThat(requireNonNull(subtask.lastDecision().settings()).budgetUnit()).isEqualTo("none");
    }
  }

  @Test
  void aCameraBeyondItsCapIsLookedAtLessThenNotAtAllAndItsLabelsSaySo() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(
          Controls.of(control(0.8, null, 0, Map.of("yard", new Control.Camera(1, 0.1)))));
      // 0.08 cores of 0.8 for 100 frames of 3 to 7 ms.
      subtask.play("yard", 100, 20);

      Map<String, Long> reasons =
          subtask.labels().stream()
              .collect(Collectors.groupingBy(Label::reason, Collectors.counting()));
      assertThat(subtask.labels()).hasSize(2_000);
      assertThat(reasons.get("camera-cap")).isGreaterThan(1_000);
      double spent =
          subtask.labels().stream()
              .skip(500)
              .mapToLong(label -> label.decodeMicros() + label.lookMicros())
              .sum();
      assertThat(spent / 1e6 / 15).isCloseTo(0.08, within(0.01));
    }
  }

  @Test
  void framesThatCannotBeReadCountTowardsTheirCamerasCap() throws Exception {
    for (Control asked :
        List.of(
            control(0.8, null, 0, Map.of("yard", new Control.Camera(1, 0.05))),
            control(null, 800e6, 0, Map.of("yard", new Control.Camera(1, 0.05))))) {
      try (Subtask subtask = Subtask.started(clock, network)) {
        subtask.control(Controls.of(asked));
        // 100 frames of 1 ms to decode, or of a million, for 40 that the cap has room for.
        for (int frame = 0; frame < 2_000; frame++) {
          subtask.frame("yard", ScriptedNetwork.corrupt());
          if (frame % 10 == 9) {
            subtask.tick();
          }
        }
        assertThat(subtask.labels().stream().skip(500))
            .filteredOn(label -> label.reason().equals("corrupt"))
            .hasSizeBetween(500, 700);
      }
    }
  }

  @Test
  void auditedFramesGetEveryLookAndTheNewsSaysHowOftenTheyAgree() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(Controls.of(control(0.3, null, 0.2, Map.of())));
      subtask.play("gate", 60, 10);

      List<Label> audited =
          subtask.labels().stream().filter(label -> label.reason().equals("audit")).toList();
      assertThat(audited).hasSizeBetween(60, 180);
      assertThat(audited).allSatisfy(label -> assertThat(label.looks()).hasSize(3));
      Status.Accuracy accuracy = requireNonNull(last(subtask.statuses(Status.NEWS)).accuracy());
      assertThat(accuracy.audits()).isBetween(50.0, (double) audited.size());
      // This network says the same at every look.
      assertThat(accuracy.agreement()).isEqualTo(1);
      assertThat(accuracy.agreementLow()).isLessThan(1);
      assertThat(accuracy.accuracy()).isCloseTo(0.7, within(0.01));
    }
  }

  @Test
  void whoSendsAFrameDoesNotChooseWhetherItIsAudited() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(Controls.of(control(0.8, null, 0.2, Map.of())));
      for (int frame = 0; frame < 300; frame++) {
        // Always the sequence that was audited once.
        subtask.frame("gate", 7, clock.millis(), picture(0, 70));
        subtask.tick();
      }
      assertThat(subtask.labels())
          .filteredOn(label -> label.reason().equals("audit"))
          .hasSizeBetween(30, 90);
    }
  }

  /**
   * Found by fuzzing: half of the least number above zero is zero, which is no budget. It failed
   * the job, and again at each restart, as the record stays in its topic.
   */
  @Test
  void aBudgetWhoseSharesWouldVanishIsRefusedAndTheJobGoesOn() throws Exception {
    FakeClock clock = new FakeClock();
    try (Subtask subtask =
        Subtask.restored(clock, new ScriptedNetwork(clock), Subtask.START, 0, 2, null)) {
      subtask.control(Controls.of(7, Double.MIN_VALUE, 100, 400));
      subtask.tick();

      assertThat(subtask.statuses(Status.CONTROL_REFUSED))
          .extracting(Status::reason)
          .containsExactly("budget must be at least 1.0E-6 a second, but was 4.9E-324");
      assertThat(subtask.lastDecision().epoch()).isZero();
    }
  }

  /** As it would be with a start's budget that no control record may ask for. */
  @Test
  void aShareOfNextToNothingLeavesTheControllerWhole() throws Exception {
    Start start =
        new Start(
            "test",
            JobBudget.ofCores(Double.MIN_VALUE, 200, 800),
            Subtask.START.controller(),
            null,
            500,
            3_000);
    try (Subtask subtask = Subtask.restored(clock, network, start, 0, 2, null)) {
      subtask.play("gate", 50, 2);
      assertThat(subtask.lastDecision().memory()).allSatisfy(it -> assertThat(it).isFinite());
    }
  }

  /** Whoever may write news may pose as any subtask, also as the one that reads it. */
  @Test
  void whatIsSaidInItsNameLeavesASubtaskAShareAndTheJobGoesOn() throws Exception {
    for (Control asked :
        List.of(control(0.8, null, 0, Map.of()), control(null, 1e8, 0, Map.of()))) {
      try (Subtask subtask = first()) {
        subtask.control(Controls.of(asked));
        subtask.play("gate", 50, 2);
        subtask.news(new Demand(0, 2, Long.MAX_VALUE, 1e-320, 0, 1e15, 0.01, 1e-320, false));
        subtask.news(new Demand(1, 2, Long.MAX_VALUE, 1e6, 1e15, 1e15, 1e15, 1e6, false));
        subtask.play("gate", 50, 2);
        assertThat(subtask.lastDecision().memory()).allSatisfy(it -> assertThat(it).isFinite());
      }
    }
  }

  /**
   * Nothing of a share is nothing, which is no cap: it failed the job as a vanishing budget did.
   */
  @Test
  void aCapThatWouldVanishIsRefusedAndTheJobGoesOn() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(capped("4.9e-324"));
      subtask.play("yard", 50, 1);

      assertThat(subtask.statuses(Status.CONTROL_REFUSED))
          .extracting(Status::reason)
          .containsExactly(
              "control: cameras.yard cap must be within [1.0E-6, 1], but was 4.9E-324");
      assertThat(subtask.lastDecision().epoch()).isZero();
    }
  }

  @Test
  void theLeastCapMutesItsCameraAndTheJobGoesOn() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(capped("1e-6"));
      subtask.play("yard", 50, 20);
      assertThat(subtask.newLabels())
          .filteredOn(label -> label.reason().equals("camera-cap"))
          .hasSizeGreaterThan(990);

      subtask.control(Controls.of(8, 0.8, 200, 800));
      subtask.play("yard", 50, 1);
      assertThat(subtask.labels()).extracting(Label::outcome).containsOnly(Label.CLASSIFIED);
    }
  }

  @Test
  void nothingIsAuditedWhenAskedSo() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(Controls.of(control(0.3, null, 0, Map.of())));
      subtask.play("gate", 60, 5);
      assertThat(subtask.labels()).extracting(Label::reason).doesNotContain("audit");
      assertThat(last(subtask.statuses(Status.NEWS)).accuracy()).isNull();
    }
  }

  @Test
  void weightsAuditsAndCapsSurviveARestart() throws Exception {
    Control asked = control(0.3, null, 0.2, Map.of("yard", new Control.Camera(1, 0.1)));
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(Controls.of(asked));
      // An audit at a camera that is capped is not paid for.
      subtask.play("gate", 60, 10);
      subtask.play("yard", 60, 10);
      state = subtask.snapshot();
    }
    try (Subtask subtask = Subtask.restored(clock, network, Subtask.START, 0, 1, state)) {
      subtask.play("yard", 60, 2);
      assertThat(subtask.lastDecision().epoch()).isEqualTo(7);
      assertThat(subtask.labels().stream().map(Label::reason)).contains("camera-cap");
      Status.Accuracy accuracy = requireNonNull(last(subtask.statuses(Status.NEWS)).accuracy());
      assertThat(accuracy.audits()).as("those before the restart").isGreaterThan(5);
    }
  }

  @Test
  void aStateFromBeforeThereWereSharesIsStillRead() throws Exception {
    OperatorSubtaskState state =
        OperatorSnapshotUtil.readStateHandle(
            Path.of("src/test/states/control-schema-1.bin").toString());
    try (Subtask subtask = Subtask.restored(clock, network, Subtask.START, 0, 1, state)) {
      subtask.tick();
      assertThat(subtask.lastDecision().epoch()).isEqualTo(7);
      assertThat(subtask.lastBudget()).isEqualTo(0.6);
      subtask.frame("gate", picture(2, 90));
      assertThat(subtask.events()).as("what the camera shows is known").isEmpty();
      subtask.control(Controls.of(8, 0.5, 100, 400));
      assertThat(subtask.statuses(Status.CONTROL_ACCEPTED)).hasSize(1);
    }
  }

  @Test
  void theSettingsOfSuchAStateAreKeptOnFromRestartToRestart() throws Exception {
    OperatorSubtaskState state =
        OperatorSnapshotUtil.readStateHandle(
            Path.of("src/test/states/control-schema-1.bin").toString());
    for (int restart = 0; restart < 3; restart++) {
      try (Subtask subtask = Subtask.restored(clock, network, Subtask.START, 0, 1, state)) {
        subtask.tick();
        assertThat(subtask.lastDecision().epoch()).isEqualTo(7);
        assertThat(subtask.lastBudget()).isEqualTo(0.6);
        state = subtask.snapshot();
      }
    }
  }

  private Subtask first() throws Exception {
    return Subtask.restored(clock, network, Subtask.START, 0, 2, null);
  }

  private Demand demand(int subtask, double fullCores) {
    return new Demand(subtask, 2, clock.millis(), 90, fullCores / 2, fullCores, 0.95, 1, false);
  }

  private static void ticks(Subtask subtask, int number) throws Exception {
    for (int tick = 0; tick < number; tick++) {
      subtask.tick();
    }
  }

  private static byte[] capped(String cap) {
    byte[] whole = Controls.of(control(0.8, null, 0, Map.of("yard", new Control.Camera(1, 0.1))));
    return new String(whole, UTF_8).replace("\"cap\":0.1", "\"cap\":" + cap).getBytes(UTF_8);
  }

  private static Control control(
      @Nullable Double cores,
      @Nullable Double multiplyAdds,
      double audits,
      Map<String, Control.Camera> cameras) {
    return new Control(Control.SCHEMA, 7, "test", cores, multiplyAdds, 200, 800, audits, cameras);
  }

  private static <T> T last(List<T> all) {
    return all.get(all.size() - 1);
  }
}
