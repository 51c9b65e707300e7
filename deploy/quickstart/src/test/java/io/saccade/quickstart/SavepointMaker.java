package io.saccade.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.job.control.JobBudget;
import io.saccade.wire.Control;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Makes the savepoint of a release: the real job between a real broker's topics, stopped with a
 * savepoint. No test: {@code flink-job/src/test/resources/savepoints/README.md} says when to run
 * it.
 */
class SavepointMaker {
  static final String PREFIX = "kept";
  static final int PARTITIONS = 2;
  private static final int CAMERAS = 4;
  private static final int FRAMES = 240;

  @Test
  @Timeout(120)
  @EnabledIfSystemProperty(named = "saccade.savepoint", matches = ".+")
  void makesTheSavepointOfThisRelease() throws Exception {
    Path folder = Path.of(System.getProperty("saccade.savepoint"));
    Files.createDirectories(folder);
    try (Stage stage = new Stage()) {
      Topics topics = stage.topics(PREFIX, PARTITIONS);
      try (Scene scene = Scene.begin(stage, stage.options(PREFIX).build())) {
        Control settings =
            new Control(
                Control.SCHEMA,
                7,
                "ada",
                0.6,
                null,
                200,
                JobBudget.LONGEST_AGE_MILLIS,
                0.1,
                Map.of("camera-1", new Control.Camera(2, 0.5)));
        scene.sendTo(topics.control(), Control.KEY, JsonCodec.CONTROL.encode(settings));
        Waiting.until(
            "settings in force",
            Scene.SOON,
            () -> !scene.collected().statuses(Status.CONTROL_ACCEPTED).isEmpty());
        for (int frame = 0; frame < FRAMES; frame++) {
          scene.send("camera-" + frame % CAMERAS, Pictures.jpeg(frame % CAMERAS));
        }
        scene.awaitLabels(FRAMES);
        int decisions = scene.collected().statuses(Status.DECISION).size();
        Waiting.until(
            "some decisions without frames",
            Scene.SOON,
            () -> scene.collected().statuses(Status.DECISION).size() > decisions + 5);

        Path savepoint = scene.stop();
        long[] frames = new long[PARTITIONS];
        scene.places().forEach(place -> frames[place.partition()]++);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(savepoint)) {
          for (Path file : files) {
            Files.copy(file, folder.resolve(file.getFileName()));
          }
        }
        new ObjectMapper()
            .writeValue(
                folder.resolve("made.json").toFile(),
                Map.of("frames", frames, "epoch", 7, "budgetCores", 0.6));
      }
    }
  }
}
