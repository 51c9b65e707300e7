package io.saccade.job.classify;

import static io.saccade.job.classify.ScriptedNetwork.picture;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.gfnet.InvalidBundleException;
import io.saccade.job.control.ModelState;
import io.saccade.wire.Control;
import io.saccade.wire.Event;
import io.saccade.wire.Excerpt;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.ModelOrder;
import io.saccade.wire.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SuccessionTest {
  private static final long LOOK_NANOS = 20_000_000;
  private static final String FIRST = "a1".repeat(32);
  private static final String SECOND = "b2".repeat(32);
  private static final String THIRD = "c3".repeat(32);

  private final FakeClock clock = new FakeClock();
  private final ScriptedNetwork first = new ScriptedNetwork(clock, FIRST);
  private final ScriptedNetwork second = new ScriptedNetwork(clock, SECOND);
  private final ScriptedNetwork third = new ScriptedNetwork(clock, THIRD);
  private final ScriptedModels models =
      new ScriptedModels(first).with("/models/second", second).with("/models/third", third);

  private static byte[] order(long epoch, String location, String sha256) {
    return JsonCodec.MODEL_ORDER.encode(new ModelOrder(epoch, "ada", location, sha256));
  }

  private static List<Status> answers(Subtask subtask) {
    return subtask.statuses().stream()
        .filter(status -> status.kind().startsWith("model-"))
        .toList();
  }

  /** Ticks until there are so many answers; what is loaded comes from another thread. */
  private static List<Status> awaitAnswers(Subtask subtask, int number) throws Exception {
    while (answers(subtask).size() < number) {
      subtask.tick();
      // A tick is a tenth of a second of the test's clock: cameras must not fall silent meanwhile.
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return answers(subtask);
  }

  private static void show(Subtask subtask, int frames) throws Exception {
    for (int frame = 0; frame < frames; frame++) {
      subtask.frame("gate", picture(2, 90));
      subtask.tick();
    }
  }

  @Test
  void looksWithTheOneBeforeUntilTheOrderedOneIsReady() throws Exception {
    models.holdBack("/models/second");
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(order(1, "/models/second", SECOND));
      show(subtask, 5);
      assertThat(subtask.newLabels()).extracting(Label::modelSha256).containsOnly(FIRST).hasSize(5);
      assertThat(answers(subtask)).isEmpty();

      models.letGo("/models/second");
      assertThat(awaitAnswers(subtask, 1))
          .singleElement()
          .satisfies(
              answer -> {
                assertThat(answer.kind()).isEqualTo(Status.MODEL_IN_FORCE);
                assertThat(answer.epoch()).isEqualTo(1);
                assertThat(answer.reason()).isNull();
              });
      show(subtask, 5);
      assertThat(subtask.newLabels())
          .extracting(Label::modelSha256)
          .containsOnly(SECOND)
          .hasSize(5);
      assertThat(first.closed()).as("as network and as classifier").isEqualTo(2);
    }
  }

  @Test
  void settingsSharesAndWhatCamerasShowGoOn() throws Exception {
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(Controls.of(7, 0.3, 100, 400));
      show(subtask, 10);
      assertThat(subtask.events()).hasSize(1);
      subtask.control(order(1, "/models/second", SECOND));
      awaitAnswers(subtask, 1);
      show(subtask, 10);

      assertThat(subtask.events()).as("nothing changed before the camera").hasSize(1);
      assertThat(subtask.lastDecision().epoch()).isEqualTo(7);
      assertThat(subtask.lastBudget()).isEqualTo(0.3);
      for (int frame = 0; frame < 20; frame++) {
        subtask.frame("gate", picture(0, 90));
        subtask.tick();
      }
      assertThat(subtask.events()).last().extracting(Event::from).isEqualTo("cobalt");
    }
  }

  @Test
  void otherClassesAreRefusedAndTheOneBeforeGoesOn() throws Exception {
    ScriptedNetwork other = new ScriptedNetwork(clock, SECOND, List.of("amber", "flint", "cobalt"));
    models.with("/models/other", other);
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(order(1, "/models/other", SECOND));
      assertThat(awaitAnswers(subtask, 1).get(0).reason())
          .isEqualTo(
              "classes must be the 3 that the job was started with (amber, basalt, cobalt), but"
                  + " were 3 (amber, flint, cobalt)");
      show(subtask, 3);
      assertThat(subtask.labels()).extracting(Label::modelSha256).containsOnly(FIRST);
      assertThat(other.closed()).isEqualTo(2);
    }
  }

  @Test
  void anOrderThatIsNoneOrIsOldIsRefused() throws Exception {
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control("{\"kind\":\"model\",\"schema\":9}".getBytes(UTF_8));
      assertThat(answers(subtask)).last().extracting(Status::reason).asString().contains("schema");
      subtask.control(order(3, "/models/second", SECOND));
      awaitAnswers(subtask, 2);
      subtask.control(order(3, "/models/third", THIRD));
      assertThat(answers(subtask).get(2).reason())
          .isEqualTo("epoch must be above 3, which was ordered, but was 3");
      subtask.control(order(4, "/models/gone", THIRD));
      assertThat(awaitAnswers(subtask, 4).get(3).reason()).contains("/models/gone");
    }
  }

  @Test
  void whatIsSaidOfAnOrderIsOneLineThatPrints() throws Exception {
    models.withBroken("/models/broken", "2 faults:\n- a\u001b[2J\n- " + "\u202e".repeat(4_000));
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(order(1, "/models/broken", SECOND));
      assertThat(awaitAnswers(subtask, 1).get(0).reason())
          .startsWith("2 faults: - a\\u001b[2J - \\u202e")
          .hasSizeLessThan(2_500)
          .matches(Excerpt::prints, "prints");
    }
  }

  /** As one that was kept by a release that took any text. */
  @Test
  void anOrderThatWasKeptAndCanNoLongerBeReadIsRefusedAndTheStartsOneLooks() throws Exception {
    byte[] forged =
        new String(order(4, "/models/second", SECOND), UTF_8)
            .replace("ada", "ada\\nall is well")
            .getBytes(UTF_8);
    for (ModelState kept :
        List.of(new ModelState(4, forged, null), new ModelState(4, null, forged))) {
      try (Succession succession = new Succession(models, Subtask.START);
          ReadyModel begun = succession.first(List.of(kept))) {
        assertThat(begun.bundle().sha256()).isEqualTo(FIRST);
        assertThat(succession.answers())
            .singleElement()
            .satisfies(
                answer -> {
                  assertThat(answer.epoch()).isEqualTo(4);
                  assertThat(answer.refusal()).contains("issuedBy must be text that prints");
                });
        assertThat(succession.kept()).isEqualTo(new ModelState(4, null, null));
      }
    }
  }

  @Test
  void ofOrdersThatComeWhileOneIsLoadedTheNewestCounts() throws Exception {
    models.holdBack("/models/second");
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(order(1, "/models/second", SECOND));
      subtask.control(order(2, "/models/gone", THIRD));
      subtask.control(order(3, "/models/third", THIRD));
      assertThat(answers(subtask))
          .singleElement()
          .satisfies(
              answer -> {
                assertThat(answer.kind()).isEqualTo(Status.MODEL_REFUSED);
                assertThat(answer.epoch()).isEqualTo(2);
              });
      models.letGo("/models/second");
      assertThat(awaitAnswers(subtask, 3)).extracting(Status::epoch).containsExactly(2L, 1L, 3L);
      show(subtask, 1);
      assertThat(subtask.labels()).last().extracting(Label::modelSha256).isEqualTo(THIRD);
    }
  }

  @Test
  void theModelInForceIsNotLoadedAgainFromItsPlace() throws Exception {
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(order(1, "/models/second", SECOND));
      awaitAnswers(subtask, 1);
      models.withBroken("/models/second", "not to be looked at again");
      subtask.control(order(2, "/models/second", SECOND));
      assertThat(answers(subtask)).last().extracting(Status::epoch).isEqualTo(2L);
      assertThat(answers(subtask))
          .extracting(Status::kind)
          .containsExactly(Status.MODEL_IN_FORCE, Status.MODEL_IN_FORCE);
    }
  }

  @Test
  void theModelInForceIsRefusedFromWhereItIsNot() throws Exception {
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(order(1, "/models/gone", FIRST));
      assertThat(awaitAnswers(subtask, 1).get(0).reason()).contains("/models/gone");
    }
  }

  @Test
  void theModelInForceGoesOnLookingAndIsFoundWhereItWasOrderedLast() throws Exception {
    ScriptedNetwork moved = new ScriptedNetwork(clock, SECOND);
    models.with("/models/moved", moved);
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(order(1, "/models/second", SECOND));
      awaitAnswers(subtask, 1);
      show(subtask, 5);
      subtask.control(order(2, "/models/moved", SECOND));
      assertThat(awaitAnswers(subtask, 2))
          .extracting(Status::kind)
          .containsExactly(Status.MODEL_IN_FORCE, Status.MODEL_IN_FORCE);
      assertThat(moved.closed()).as("as network and as classifier").isEqualTo(2);
      assertThat(second.closed()).isZero();
      show(subtask, 2);
      assertThat(subtask.lastDecision().memory().get(1)).as("the law goes on").isPositive();
      state = subtask.snapshot();
    }
    ScriptedModels after = new ScriptedModels(first).with("/models/moved", moved);
    try (Subtask subtask = Subtask.restored(clock, after, Subtask.START, 0, 1, state)) {
      show(subtask, 1);
      assertThat(subtask.labels()).extracting(Label::modelSha256).containsOnly(SECOND);
      assertThat(answers(subtask)).isEmpty();
    }
  }

  @Test
  void theModelInForceIsThereAgainAfterARestart() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(order(1, "/models/second", SECOND));
      awaitAnswers(subtask, 1);
      subtask.play("gate", 160, 5);
      state = subtask.snapshot();
    }
    try (Subtask subtask = Subtask.restored(clock, models, Subtask.START, 0, 1, state)) {
      show(subtask, 1);
      assertThat(subtask.labels()).extracting(Label::modelSha256).containsOnly(SECOND);
      // The controller goes on too: it remembers when it decided last.
      assertThat(subtask.lastDecision().memory().get(1)).isPositive();
      subtask.control(order(1, "/models/third", THIRD));
      assertThat(answers(subtask)).last().extracting(Status::kind).isEqualTo(Status.MODEL_REFUSED);
    }
  }

  @Test
  void aModelThatIsGoneByThenIsRefusedAndTheStartsOneLooks() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(order(1, "/models/second", SECOND));
      awaitAnswers(subtask, 1);
      state = subtask.snapshot();
    }
    ScriptedModels without = new ScriptedModels(first);
    try (Subtask subtask = Subtask.restored(clock, without, Subtask.START, 0, 1, state)) {
      show(subtask, 1);
      assertThat(subtask.labels()).extracting(Label::modelSha256).containsOnly(FIRST);
      assertThat(answers(subtask))
          .singleElement()
          .extracting(Status::kind)
          .isEqualTo(Status.MODEL_REFUSED);
    }
  }

  @Test
  void theOrderedModelLooksAlthoughTheStartsOneIsGone() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(order(1, "/models/second", SECOND));
      awaitAnswers(subtask, 1);
      state = subtask.snapshot();
    }
    models.withoutTheStarts();
    try (Subtask subtask = Subtask.restored(clock, models, Subtask.START, 0, 1, state)) {
      show(subtask, 1);
      assertThat(subtask.labels()).extracting(Label::modelSha256).containsOnly(SECOND);
      ScriptedNetwork other =
          new ScriptedNetwork(clock, THIRD, List.of("amber", "flint", "cobalt"));
      models.with("/models/other", other);
      subtask.control(order(2, "/models/other", THIRD));
      assertThat(awaitAnswers(subtask, 1).get(0).reason()).contains("classes must be the 3");
    }
  }

  @Test
  void aJobThatLookedBeforeIsTriedAgainWhenNoModelIsThere() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, models)) {
      show(subtask, 1);
      state = subtask.snapshot();
    }
    models.withoutTheStarts();
    assertThatThrownBy(() -> Subtask.restored(clock, models, Subtask.START, 0, 1, state))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("there is nothing at this path");
  }

  @Test
  void anOrderThatMemoryDoesNotSufficeForIsRefused() throws Exception {
    models.withTooLarge("/models/large");
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(order(1, "/models/large", SECOND));
      assertThat(awaitAnswers(subtask, 1).get(0).reason())
          .isEqualTo("java.lang.OutOfMemoryError: Java heap space");
      show(subtask, 1);
      assertThat(subtask.labels()).extracting(Label::modelSha256).containsOnly(FIRST);
    }
  }

  @Test
  void auditsOfAnotherModelAreForgotten() throws Exception {
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(
          Controls.of(new Control(Control.SCHEMA, 7, "test", 0.3, null, 200, 800, 0.2, Map.of())));
      subtask.play("gate", 60, 10);
      assertThat(accuracy(subtask)).isNotNull();
      state = subtask.snapshot();
    }
    ScriptedModels replaced = new ScriptedModels(second);
    try (Subtask subtask = Subtask.restored(clock, replaced, Subtask.START, 0, 1, state)) {
      for (int tick = 0; tick < 20; tick++) {
        subtask.tick();
      }
      assertThat(accuracy(subtask)).isNull();
    }
  }

  private static Status.@Nullable Accuracy accuracy(Subtask subtask) {
    List<Status> news = subtask.statuses(Status.NEWS);
    return news.get(news.size() - 1).accuracy();
  }

  @Test
  void anOrderUnderWayAtARestartIsCarriedOut() throws Exception {
    models.holdBack("/models/second");
    OperatorSubtaskState state;
    try (Subtask subtask = Subtask.started(clock, models)) {
      subtask.control(order(1, "/models/second", SECOND));
      state = subtask.snapshot();
      models.letGo("/models/second");
    }
    try (Subtask subtask = Subtask.restored(clock, models, Subtask.START, 0, 1, state)) {
      assertThat(awaitAnswers(subtask, 1).get(0).kind()).isEqualTo(Status.MODEL_IN_FORCE);
      show(subtask, 1);
      assertThat(subtask.labels()).last().extracting(Label::modelSha256).isEqualTo(SECOND);
    }
  }
}
