package io.saccade.quickstart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.job.Delivery;
import io.saccade.job.JobOptionsBuilder;
import io.saccade.wire.Control;
import io.saccade.wire.Event;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stop with a savepoint, start anew: another parallelism, another model, another budget. */
@Timeout(180)
class RestartTest {
  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = new Stage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  private static JobOptionsBuilder options(String prefix) {
    return stage.options(prefix).delivery(Delivery.EXACTLY_ONCE);
  }

  @Test
  void fromOneSubtaskToTwoToOneWithAnotherModelEveryFrameGetsOneLabel() throws Exception {
    Path other = Bundles.another(stage.folder("models").resolve("other"));
    stage.topics("change", 2);
    try (Scene scene = Scene.begin(stage, options("change").budgetCores(0.5).build())) {
      Collected collected = scene.collected();
      try (AutoCloseable sending = scene.keepSending()) {
        assertThat(sending).isNotNull();
        scene.awaitLabels(100);
        scene.restart(options("change").bundle(other).parallelism(2).budgetCores(0.08).build());
        scene.awaitLabels(scene.labelled() + 100);
        awaitDecisions(collected, 2, 0.08);
        scene.restart(options("change").parallelism(1).budgetCores(0.04).build());
        scene.awaitLabels(scene.labelled() + 100);
        awaitDecisions(collected, 1, 0.04);
      }
      scene.awaitLabels(scene.places().size());

      scene.requireOneLabelEach();
      assertThat(collected.labels().stream().map(Label::modelSha256).distinct())
          .containsExactlyInAnyOrder(Bundles.sha256(Stage.BUNDLE), Bundles.sha256(other));
      // What a camera showed is known to whoever gets it: it is introduced once.
      Set<String> introduced = new HashSet<>();
      assertThat(collected.events())
          .filteredOn(event -> event.kind().equals(Event.CHANGED) && event.from() == null)
          .allSatisfy(event -> assertThat(introduced.add(event.camera())).isTrue());
    }
  }

  @Test
  void aBundleThatIsSwappedUnderTheJobIsRefusedUntilTheOneOfTheStartIsBack() throws Exception {
    Path folder = stage.folder("pinned");
    Path bundle = Bundles.copy(folder.resolve("model"));
    Path other = Bundles.another(folder.resolve("other"));
    String pinned = Bundles.sha256(bundle);
    String found = Bundles.sha256(other);
    stage.topics("pinned", 1);
    try (Scene scene = Scene.begin(stage, options("pinned").bundle(bundle).build())) {
      scene.sendPictures(20);
      // They are seen with the checkpoint from which the job will go on.
      scene.awaitLabels(20);
      Files.move(bundle, folder.resolve("aside"));
      Files.move(other, bundle);
      stage.taskManagerIsLost();
      Waiting.until(
          () -> "the other bundle refused (%s)".formatted(failure(scene)),
          Scene.SOON,
          () ->
              failure(scene)
                  .contains("must be %s, as it is pinned, but was %s".formatted(pinned, found)));

      Files.move(bundle, other);
      Files.move(folder.resolve("aside"), bundle);
      scene.sendPictures(20);
      scene.awaitLabels(40);
      assertThat(scene.collected().labels()).extracting(Label::modelSha256).containsOnly(pinned);
    }
  }

  private static String failure(Scene scene) throws Exception {
    return stage.flink().failure(scene.job());
  }

  @Test
  void settingsOfAControlRecordHoldAfterwardsWhateverTheStartSays() throws Exception {
    Topics topics = stage.topics("settings", 2);
    try (Scene scene = Scene.begin(stage, options("settings").budgetCores(0.5).build())) {
      Collected collected = scene.collected();
      scene.sendTo(
          topics.control(),
          Control.KEY,
          JsonCodec.CONTROL.encode(new Control(Control.SCHEMA, 7, "ada", 0.08, 200, 800)));
      Waiting.until(
          "settings in force",
          Scene.SOON,
          () -> !collected.statuses(Status.CONTROL_ACCEPTED).isEmpty());
      scene.restart(options("settings").parallelism(2).budgetCores(1.4).build());
      awaitDecisions(collected, 2, 0.08);

      assertThat(decisions(collected, 2)).extracting(Status::epoch).containsOnly(7L);
      // Followed once, by the one subtask there was; after that it is state.
      assertThat(collected.statuses(Status.CONTROL_ACCEPTED)).hasSize(1);
      assertThat(collected.statuses(Status.CONTROL_REFUSED)).isEmpty();
    }
  }

  private static List<Status> decisions(Collected collected, int parallelism) {
    return collected.statuses(Status.DECISION).stream()
        .filter(status -> status.parallelism() == parallelism)
        .toList();
  }

  /**
   * Until the newest decisions of all subtasks together share the budget: a small one, which any
   * core can spend, however busy.
   */
  private static void awaitDecisions(Collected collected, int parallelism, double cores)
      throws Exception {
    Waiting.until(
        "%d subtasks share %s cores".formatted(parallelism, cores),
        Scene.SOON,
        () -> Math.abs(shared(collected, parallelism) - cores) < 1e-6);
  }

  private static double shared(Collected collected, int parallelism) {
    double sum = 0;
    for (int subtask = 0; subtask < parallelism; subtask++) {
      int of = subtask;
      sum +=
          decisions(collected, parallelism).stream()
              .filter(status -> status.subtask() == of)
              .reduce((before, after) -> after)
              .map(status -> requireNonNull(status.settings()).budgetCores())
              .orElse(Double.NaN);
    }
    return sum;
  }
}
