package io.saccade.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.job.Delivery;
import io.saccade.job.JobOptions;
import io.saccade.job.control.JobBudget;
import io.saccade.wire.Control;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.ModelOrder;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Makes the savepoints of a release: the real job between a real broker's topics, stopped with a
 * savepoint. No test: {@code flink-job/src/test/resources/savepoints/README.md} says when to run
 * it.
 */
class SavepointMaker {
  static final String PREFIX = "kept";
  static final int PARTITIONS = 2;
  private static final int CAMERAS = 4;
  private static final int FRAMES = 240;

  /** Nothing is tested: however busy the machine is. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /**
   * Where other models are ordered from, each in the folder of its savepoint. That names the place
   * for good, so it is the same on every machine: the test resources of whichever module runs.
   */
  static final Path MODELS = Path.of("/proc/self/cwd/target/test-classes/savepoints");

  @Test
  @Timeout(600)
  @EnabledIfSystemProperty(named = "saccade.savepoint", matches = ".+")
  void makesTheSavepointOfThisRelease() throws Exception {
    try (Stage stage = new Stage()) {
      make(stage, stage.options(PREFIX).build(), null);
    }
  }

  @Test
  @Timeout(600)
  @EnabledIfSystemProperty(named = "saccade.savepoint", matches = ".+")
  void makesTheOneOfTwoSubtasksExactlyOnceWithAnotherModel() throws Exception {
    try (Stage stage = new Stage()) {
      Path model = Bundles.another(MODELS.resolve(kept().getFileName()).resolve("model"));
      JobOptions options =
          stage
              .options(PREFIX)
              .parallelism(2)
              .delivery(Delivery.EXACTLY_ONCE)
              .modelFolders(List.of(MODELS))
              .build();
      make(stage, options, new ModelOrder(8, "ada", model.toString(), Bundles.sha256(model)));
    }
  }

  private static void make(Stage stage, JobOptions options, @Nullable ModelOrder order)
      throws Exception {
    Topics topics = stage.topics(PREFIX, PARTITIONS);
    try (Scene scene = Scene.begin(stage, options)) {
      scene.sendTo(topics.control(), Control.KEY, JsonCodec.CONTROL.encode(settings()));
      awaitAnswers(scene, Status.CONTROL_ACCEPTED, options.parallelism());
      if (order != null) {
        scene.sendTo(topics.control(), ModelOrder.KEY, JsonCodec.MODEL_ORDER.encode(order));
        awaitAnswers(scene, Status.MODEL_IN_FORCE, options.parallelism());
      }
      for (int frame = 0; frame < FRAMES; frame++) {
        scene.send("camera-" + frame % CAMERAS, Pictures.jpeg(frame % CAMERAS));
      }
      scene.awaitLabels(FRAMES);
      int decisions = scene.collected().statuses(Status.DECISION).size();
      Waiting.until(
          "some decisions without frames",
          PATIENCE,
          () -> scene.collected().statuses(Status.DECISION).size() > decisions + 5);
      keep(scene, options.parallelism(), order);
    }
  }

  private static Control settings() {
    return new Control(
        Control.SCHEMA,
        7,
        "ada",
        0.6,
        null,
        200,
        JobBudget.LONGEST_AGE_MILLIS,
        0.1,
        Map.of("camera-1", new Control.Camera(2, 0.5)));
  }

  private static void awaitAnswers(Scene scene, String kind, int parallelism) throws Exception {
    Waiting.until(
        kind + " of all subtasks",
        PATIENCE,
        () ->
            scene.collected().statuses(kind).stream().map(Status::subtask).distinct().count()
                == parallelism);
  }

  private static void keep(Scene scene, int parallelism, @Nullable ModelOrder order)
      throws Exception {
    Path folder = kept();
    Bundles.copy(scene.stop(), folder);
    long[] frames = new long[PARTITIONS];
    scene.places().forEach(place -> frames[place.partition()]++);
    Map<String, Object> made =
        new TreeMap<>(
            Map.of("frames", frames, "epoch", 7, "budgetCores", 0.6, "subtasks", parallelism));
    if (order != null) {
      made.put("model", Map.of("location", order.location(), "sha256", order.sha256()));
      Bundles.copy(Path.of(order.location()), folder.resolve("model"));
    }
    new ObjectMapper().writeValue(folder.resolve("made.json").toFile(), made);
  }

  /** The folder that is asked for. */
  private static Path kept() {
    return Path.of(System.getProperty("saccade.savepoint"));
  }
}
