package io.saccade.job.classify;

import static io.saccade.job.classify.ScriptedNetwork.breaksTheNetwork;
import static io.saccade.job.classify.ScriptedNetwork.picture;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saccade.budget.ControllerKind;
import io.saccade.gfnet.InvalidBundleException;
import io.saccade.job.control.JobBudget;
import io.saccade.wire.DeadLetter;
import io.saccade.wire.Event;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;

class ClassifyOperatorTest {
  private static final byte[] NOTHING = {};

  private final FakeClock clock = new FakeClock();
  private final ScriptedNetwork network = new ScriptedNetwork(clock);

  @Test
  void aFrameGetsALabelThatSaysWhatWasSeenAndHow() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.frame("gate", clock.millis() - 30, picture(1, 80));

      Label label = subtask.labels().get(0);
      assertThat(subtask.labels()).hasSize(1);
      assertThat(label.camera()).isEqualTo("gate");
      assertThat(label.outcome()).isEqualTo(Label.CLASSIFIED);
      assertThat(label.classes().get(0)).isEqualTo(new Label.Ranked("basalt", 0.8f));
      assertThat(label.waitedMillis()).isEqualTo(30);
      assertThat(label.ageMillis()).isEqualTo(30 + 1 + 2L * label.looks().size());
      assertThat(label.decodeMicros()).isEqualTo(1_000);
      assertThat(label.lookMicros()).isEqualTo(2_000L * label.looks().size());
      assertThat(label.model()).isEqualTo("scripted");
    }
  }

  @Test
  void aFrameOlderThanTheMaximumAgeIsShedWithoutBeingLookedAt() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.frame("gate", clock.millis() - 801, picture(1, 80));
      subtask.frame("gate", clock.millis() - 800, picture(1, 80));

      assertThat(subtask.labels()).extracting(Label::reason).startsWith("too-old");
      assertThat(subtask.labels().get(0).outcome()).isEqualTo(Label.SHED);
      assertThat(subtask.labels().get(1).outcome()).isEqualTo(Label.CLASSIFIED);
      assertThat(network.classified()).isEqualTo(1);
    }
  }

  @Test
  void anUnreadableFrameIsALabelAndADeadLetterAndTheNextOneIsClassified() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.frame("gate", NOTHING);
      subtask.frame("gate", picture(0, 90));

      assertThat(subtask.labels())
          .extracting(Label::outcome)
          .containsExactly(Label.UNREADABLE, Label.CLASSIFIED);
      assertThat(subtask.labels().get(0).reason()).isEqualTo("empty");
      assertThat(subtask.deadLetters()).hasSize(1);
      assertThat(subtask.deadLetters().get(0).detail()).contains("must have bytes");
      assertThat(subtask.deadLetters().get(0).frame().offset()).isZero();
    }
  }

  @Test
  void aFailureOfTheNetworkIsThrownSoThatFlinkRestarts() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      assertThatThrownBy(() -> subtask.frame("gate", breaksTheNetwork()))
          .hasMessage("the network broke down");
    }
  }

  @Test
  void anInvalidBundleStopsTheJobForGood() {
    assertThatThrownBy(
            () ->
                Subtask.started(
                    clock,
                    () -> {
                      throw new InvalidBundleException("glance.onnx differs");
                    }))
        .isInstanceOf(SuppressRestartsException.class)
        .hasStackTraceContaining("glance.onnx differs");
  }

  @Test
  void aPositionBeyondTheFrontierStopsTheJobForGood() {
    Start start =
        new Start("test", JobBudget.ofCores(0.8, 200, 800), ControllerKind.FIXED, 1.5, 500, 3_000);
    assertThatThrownBy(() -> Subtask.started(clock, network, start))
        .isInstanceOf(SuppressRestartsException.class)
        .hasStackTraceContaining("position must be within [0, 1], but was 1.5");
  }

  @Test
  void aDecisionIsWrittenAtEachTick() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.frame("gate", picture(1, 80));
      subtask.tick();
      subtask.tick();

      List<Status> decisions = subtask.statuses(Status.DECISION);
      assertThat(decisions).hasSize(2);
      Status.Seen first = requireNonNull(decisions.get(0).seen());
      assertThat(first.arrivals()).isEqualTo(1);
      assertThat(first.glances()).isEqualTo(1);
      assertThat(first.decodeNanos()).isEqualTo(1_000_000);
      assertThat(requireNonNull(decisions.get(1).seen()).arrivals()).isZero();
    }
  }

  @Test
  void anIdleJobLooksAsOftenAsItCan() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.play("gate", 10, 4);

      Label last = subtask.labels().get(subtask.labels().size() - 1);
      assertThat(last.reason()).isEqualTo("every-look");
      assertThat(last.operatingPoint()).isEqualTo(1);
    }
  }

  @Test
  void theBudgetIsHeldUnderMoreThanEveryLookWouldCost() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      // Every look costs 7 ms, a glance 3: 160 frames a second are 1.12 or 0.48 cores.
      subtask.play("gate", 160, 10);
      long before = clock.threadCpuNanos();
      subtask.play("gate", 160, 20);

      double used = (clock.threadCpuNanos() - before) / 20e9;
      assertThat(used).isCloseTo(0.8, within(0.04));
      assertThat(subtask.labels()).hasSize(160 * 30);
    }
  }

  @Test
  void beyondGlancesFramesAreThinnedEvenlyAndEachSaysSo() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      // A glance costs 3 ms: 500 frames a second are 1.5 cores.
      subtask.play("gate", 500, 5);
      subtask.newLabels();
      subtask.play("gate", 500, 5);

      var byReason =
          subtask.labels().stream()
              .collect(Collectors.groupingBy(Label::reason, Collectors.counting()));
      assertThat(subtask.labels()).hasSize(2_500);
      assertThat(byReason.get("thinned")).isBetween(1_000L, 1_400L);
      assertThat(subtask.labels())
          .filteredOn(label -> label.outcome().equals(Label.CLASSIFIED))
          .allSatisfy(label -> assertThat(label.ageMillis()).isLessThan(1_000));
    }
  }

  @Test
  void lookingStopsWhenAnotherLookWouldMakeTheFrameTooOld() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.play("gate", 10, 4);
      // 3 ms for decoding and a glance leave no time for another look of 2 ms.
      subtask.frame("gate", clock.millis() - 796, picture(1, 80));

      Label last = subtask.labels().get(subtask.labels().size() - 1);
      assertThat(last.reason()).isEqualTo("deadline");
      assertThat(last.looks()).hasSize(1);
    }
  }

  @Test
  void whatACameraShowsBecomesAnEventOnce() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      for (int frame = 0; frame < 30; frame++) {
        subtask.frame("gate", picture(2, 90));
        subtask.tick();
      }
      assertThat(subtask.events()).hasSize(1);
      Event event = subtask.events().get(0);
      assertThat(event.kind()).isEqualTo(Event.CHANGED);
      assertThat(event.from()).isNull();
      assertThat(event.to()).isEqualTo("cobalt");
    }
  }

  @Test
  void aCameraThatSendsNothingFallsSilentAndComesBack() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.frame("gate", picture(2, 90));
      long last = clock.millis();
      for (int tick = 0; tick < 40; tick++) {
        subtask.tick();
      }
      assertThat(subtask.events()).extracting(Event::kind).containsExactly(Event.SILENT);
      assertThat(subtask.events().get(0).sinceMillis()).isBetween(last - 10, last);

      subtask.frame("gate", NOTHING);
      assertThat(subtask.events())
          .extracting(Event::kind)
          .containsExactly(Event.SILENT, Event.BACK);
    }
  }

  @Test
  void waitingForASlowSinkIsNotWork() throws Exception {
    SlowSinks sinks = new SlowSinks(clock, 50_000_000);
    try (Subtask subtask = Subtask.started(clock, network, sinks)) {
      subtask.tick();
      subtask.frame("gate", ScriptedNetwork.corrupt());
      for (int frame = 0; frame < 5; frame++) {
        subtask.frame("yard", picture(1, 90));
      }
      subtask.tick();

      assertThat(sinks.aside(DeadLetter.class)).hasSize(1);
      assertThat(sinks.aside(Event.class)).hasSize(1);
      List<Status> statuses = sinks.aside(Status.class);
      assertThat(statuses)
          .filteredOn(it -> it.kind().equals(Status.DECISION))
          .last()
          .satisfies(
              it -> {
                Status.Seen seen = requireNonNull(it.seen());
                // All that was done was done by the CPU; the rest was waited for.
                assertThat(seen.busyNanos()).isEqualTo(seen.spentNanos()).isPositive();
              });
    }
  }

  @Test
  void networkAndClassifierAreClosedWithTheOperator() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.frame("gate", picture(0, 90));
    }
    assertThat(network.closed()).isEqualTo(2);
  }

  @Test
  void aControlRecordIsInForceAtTheNextTick() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(Controls.of(7, 0.3, 100, 400));
      subtask.tick();

      assertThat(subtask.statuses(Status.CONTROL_ACCEPTED))
          .singleElement()
          .satisfies(status -> assertThat(status.epoch()).isEqualTo(7));
      Status decision = subtask.lastDecision();
      assertThat(decision.epoch()).isEqualTo(7);
      assertThat(decision.settings())
          .isEqualTo(
              new Status.Settings(
                  0.3, 100_000_000, 400_000_000, 10_000_000_000L, 500_000_000, "cores", null));
      subtask.frame("gate", clock.millis() - 500, picture(1, 80));
      Label label = subtask.labels().get(0);
      assertThat(label.reason()).isEqualTo("too-old");
      assertThat(label.epoch()).isEqualTo(7);
    }
  }

  @Test
  void aControlRecordThatCannotBeFollowedIsRefusedAndTheLastGoodOneStays() throws Exception {
    try (Subtask subtask = Subtask.started(clock, network)) {
      subtask.control(Controls.of(7, 0.3, 100, 400));
      subtask.control("{".getBytes(UTF_8));
      subtask.control(NOTHING);
      subtask.control(Controls.of(7, 0.5, 100, 400));
      subtask.control(Controls.of(8, 1.5, 100, 400));
      subtask.control(
          new String(Controls.of(9, 0.5, 100, 400), UTF_8).replace("0.5", "-1").getBytes(UTF_8));
      subtask.control(Controls.of(10, 0.5, 100, Long.MAX_VALUE));
      subtask.tick();

      List<Status> refused = subtask.statuses(Status.CONTROL_REFUSED);
      assertThat(refused).hasSize(6);
      assertThat(refused).allSatisfy(status -> assertThat(status.epoch()).isEqualTo(7));
      assertThat(refused.get(0).reason()).contains("must be one JSON object");
      assertThat(refused.get(2).reason())
          .isEqualTo("epoch must be above 7, which is in force, but was 7");
      assertThat(refused.get(3).reason())
          .isEqualTo(
              "budget must be at most 0.95 cores for 1 subtask (0.95 of a core each), but was 1.5");
      assertThat(refused.get(4).reason()).contains("budgetCores").contains("-1");
      assertThat(refused.get(5).reason()).contains("maxAgeMillis");
      assertThat(subtask.lastBudget()).isEqualTo(0.3);
    }
  }
}
