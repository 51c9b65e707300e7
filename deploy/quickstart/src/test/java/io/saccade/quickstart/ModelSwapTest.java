package io.saccade.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.job.Delivery;
import io.saccade.job.JobOptions;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.ModelOrder;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another model for a job under way: taken between two frames, or refused with a reason. */
@Timeout(180)
class ModelSwapTest {
  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = new Stage();
  }

  @AfterAll
  static void close() {
    stage.close();
    assertThat(Bundles.openNatives()).isZero();
  }

  /** What stands in an order, and in the reason for which it is refused. */
  private record Bad(String location, String sha256, String reason) {}

  @Test
  void goodModelsAreTakenBadOnesRefusedAndNoFrameIsLostOverIt() throws Exception {
    Path folder = stage.folder("models");
    Path first = Bundles.copy(folder.resolve("first"));
    Path second = Bundles.another(folder.resolve("second"));
    Topics topics = stage.topics("swap", 2);
    JobOptions options =
        stage.options("swap").bundle(first).parallelism(2).delivery(Delivery.EXACTLY_ONCE).build();
    try (Scene scene = Scene.begin(stage, options)) {
      long epoch = 0;
      try (AutoCloseable sending = scene.keepSending()) {
        assertThat(sending).isNotNull();
        scene.awaitLabels(50);
        for (Bad bad : bad(folder, second)) {
          order(scene, topics, new ModelOrder(++epoch, "ada", bad.location(), bad.sha256()));
          List<Status> answers = awaitAnswers(scene, epoch);
          assertThat(answers)
              .as("answers to an order of %s", bad.location())
              .extracting(Status::kind)
              .containsOnly(Status.MODEL_REFUSED);
          assertThat(answers)
              .allSatisfy(answer -> assertThat(answer.reason()).contains(bad.reason()));
        }
        taken(scene, topics, new ModelOrder(++epoch, "ada", second.toString(), sha(second)));
        taken(scene, topics, new ModelOrder(++epoch, "ada", first.toString(), sha(first)));
        scene.sendTo(topics.control(), ModelOrder.KEY, "{\"kind\":\"model\"}".getBytes(UTF_8));
        long last = epoch;
        Waiting.until(
            "an order that is none is refused",
            Scene.SOON,
            () ->
                answers(scene, last).stream()
                    .anyMatch(it -> String.valueOf(it.reason()).startsWith("model-order: ")));
      }
      scene.awaitLabels(scene.places().size());
      scene.requireOneLabelEach();
      eachPartitionWasLookedAtByOneModelAfterTheOther(scene, sha(first), sha(second));
    }
  }

  private static List<Bad> bad(Path folder, Path second) throws Exception {
    Path tampered = Bundles.withTamperedGolden(folder.resolve("tampered"));
    Path otherGolden = Bundles.withOtherGolden(folder.resolve("other-golden"));
    Path otherClasses = Bundles.ofOtherClasses(folder.resolve("other-classes"));
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path elsewhere = Bundles.another(stage.folder("elsewhere").resolve("bundle"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere.toAbsolutePath());
    String anyHash = "0".repeat(64);
    return List.of(
        new Bad(tampered.toString(), sha(tampered), "golden.json: SHA-256 must be"),
        new Bad(otherGolden.toString(), sha(otherGolden), "golden.json: "),
        new Bad(second.toString(), anyHash, "as it is pinned, but was " + sha(second)),
        new Bad(otherClasses.toString(), sha(otherClasses), "classes must be"),
        new Bad(empty.toString(), anyHash, "manifest.json: must be in the bundle"),
        new Bad(folder.resolve("nowhere").toString(), anyHash, "nothing could be found"),
        new Bad("models/second", anyHash, "must be an absolute path"),
        new Bad(elsewhere.toString(), sha(elsewhere), "location must be within"),
        new Bad(folder + "/../elsewhere/bundle", sha(elsewhere), "location must be within"),
        new Bad(link.toString(), sha(elsewhere), "location must be within"));
  }

  private static String sha(Path bundle) throws Exception {
    return Bundles.sha256(bundle);
  }

  private static void order(Scene scene, Topics topics, ModelOrder order) {
    scene.sendTo(topics.control(), ModelOrder.KEY, JsonCodec.MODEL_ORDER.encode(order));
  }

  private static List<Status> answers(Scene scene, long epoch) {
    List<Status> answers = new ArrayList<>(scene.collected().statuses(Status.MODEL_IN_FORCE));
    answers.addAll(scene.collected().statuses(Status.MODEL_REFUSED));
    return answers.stream().filter(answer -> answer.epoch() == epoch).toList();
  }

  private static List<Status> awaitAnswers(Scene scene, long epoch) throws Exception {
    Waiting.until(
        "answers of both subtasks to order " + epoch,
        Scene.SOON,
        () -> answers(scene, epoch).stream().map(Status::subtask).distinct().count() == 2);
    return answers(scene, epoch);
  }

  private static void taken(Scene scene, Topics topics, ModelOrder order) throws Exception {
    order(scene, topics, order);
    assertThat(awaitAnswers(scene, order.epoch()))
        .allSatisfy(
            answer ->
                assertThat(answer.kind())
                    .as("reason: %s", answer.reason())
                    .isEqualTo(Status.MODEL_IN_FORCE));
    int before = scene.labelled();
    Waiting.until(
        "labels by the ordered model of both partitions",
        Scene.SOON,
        () ->
            scene.labelled() > before
                && scene.collected().labels().stream()
                        .filter(label -> label.modelSha256().equals(order.sha256()))
                        .map(Label::partition)
                        .distinct()
                        .count()
                    == 2);
  }

  /** Each partition is one subtask's: first, second, first again, and nothing else between. */
  private static void eachPartitionWasLookedAtByOneModelAfterTheOther(
      Scene scene, String first, String second) {
    Map<Integer, List<String>> changes = new LinkedHashMap<>();
    scene.collected().labels().stream()
        .sorted(Comparator.comparingInt(Label::partition).thenComparingLong(Label::offset))
        .forEach(
            label -> {
              List<String> models =
                  changes.computeIfAbsent(label.partition(), it -> new ArrayList<>());
              if (models.isEmpty() || !models.get(models.size() - 1).equals(label.modelSha256())) {
                models.add(label.modelSha256());
              }
            });
    assertThat(changes).hasSize(2);
    assertThat(changes.values())
        .allSatisfy(models -> assertThat(models).containsExactly(first, second, first));
  }

  @Test
  void theOrderedModelLooksAfterARestartToo() throws Exception {
    Path folder = stage.folder("models-restart");
    Path first = Bundles.copy(folder.resolve("first"));
    Path second = Bundles.another(folder.resolve("second"));
    Topics topics = stage.topics("swap-restart", 2);
    JobOptions options = stage.options("swap-restart").bundle(first).build();
    try (Scene scene = Scene.begin(stage, options)) {
      scene.sendPictures(12);
      scene.awaitLabels(12);
      order(scene, topics, new ModelOrder(1, "ada", second.toString(), sha(second)));
      Waiting.until("an answer", Scene.SOON, () -> !answers(scene, 1).isEmpty());
      scene.restart(stage.options("swap-restart").bundle(first).parallelism(2).build());
      scene.sendPictures(12);
      scene.awaitLabels(24);

      List<Label> labels = scene.collected().labels();
      assertThat(labels.subList(labels.size() - 12, labels.size()))
          .extracting(Label::modelSha256)
          .containsOnly(sha(second));
      assertThat(scene.collected().statuses(Status.MODEL_REFUSED)).isEmpty();
    }
  }
}
