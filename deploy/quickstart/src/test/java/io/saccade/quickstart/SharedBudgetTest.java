package io.saccade.quickstart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.Control;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One budget for two subtasks that hear each other through Kafka. */
@Timeout(120)
class SharedBudgetTest {
  /** Less than any machine needs for a hundred pictures a second. */
  private static final double BUDGET = 0.01;

  private static final double NEW_BUDGET = 0.1;

  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = new Stage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void theSubtaskWithTheFramesGetsTheBudgetAndEveryoneFollowsANewOneWithinASecond()
      throws Exception {
    Topics topics = stage.topics("shared", 2);
    try (Scene scene =
            Scene.begin(stage, stage.options("shared").parallelism(2).budgetCores(BUDGET).build());
        AutoCloseable sending = keepSendingTo(scene, "one camera")) {
      Collected collected = scene.collected();
      Waiting.until(
          "news of both subtasks that hear each other",
          Scene.SOON,
          () -> hearing(collected).size() == 2);
      // Each changes its share at a tick of its own: for a moment they are more, or less.
      Waiting.until(
          "unequal shares that make the budget",
          Scene.SOON,
          () ->
              most(collected) > 0.75 * BUDGET && Math.abs(sum(collected) - BUDGET) < 0.03 * BUDGET);
      assertThat(sending).isNotNull();

      long before = System.currentTimeMillis();
      scene.sendTo(
          topics.control(),
          Control.KEY,
          JsonCodec.CONTROL.encode(
              new Control(
                  Control.SCHEMA,
                  3,
                  "ada",
                  NEW_BUDGET,
                  null,
                  200,
                  800,
                  0.1,
                  Map.of("one camera", new Control.Camera(2, 0.9)))));
      Waiting.until(
          "both subtasks to accept",
          Scene.SOON,
          () -> collected.statuses(Status.CONTROL_ACCEPTED).size() == 2);
      assertThat(collected.statuses(Status.CONTROL_ACCEPTED))
          .allSatisfy(it -> assertThat(it.atMillis() - before).isLessThan(1_000));
      Waiting.until(
          "shares of the new budget", Scene.SOON, () -> sum(collected) > 0.95 * NEW_BUDGET);
      Waiting.until("audits", Scene.SOON, () -> audited(collected));
    }
  }

  /** A hundred pictures a second of one camera, so of one partition. */
  private static AutoCloseable keepSendingTo(Scene scene, String camera) {
    ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    byte[] picture = Pictures.jpeg(1);
    var unused =
        sender.scheduleAtFixedRate(() -> scene.send(camera, picture), 0, 10, TimeUnit.MILLISECONDS);
    return () -> {
      sender.shutdown();
      assertThat(sender.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    };
  }

  private static List<Integer> hearing(Collected collected) {
    return collected.statuses(Status.NEWS).stream()
        .filter(news -> !requireNonNull(news.demand()).deaf())
        .map(Status::subtask)
        .distinct()
        .toList();
  }

  private static boolean audited(Collected collected) {
    return collected.labels().stream().map(Label::reason).anyMatch("audit"::equals)
        && collected.statuses(Status.NEWS).stream().anyMatch(news -> news.accuracy() != null);
  }

  /** The newest shares of both subtasks. */
  private static double[] shares(Collected collected) {
    double[] shares = new double[2];
    for (Status decision : new ArrayList<>(collected.statuses(Status.DECISION))) {
      shares[decision.subtask()] = requireNonNull(decision.settings()).budgetCores();
    }
    return shares;
  }

  private static double most(Collected collected) {
    double[] shares = shares(collected);
    return Math.max(shares[0], shares[1]);
  }

  private static double sum(Collected collected) {
    double[] shares = shares(collected);
    return shares[0] + shares[1];
  }
}
