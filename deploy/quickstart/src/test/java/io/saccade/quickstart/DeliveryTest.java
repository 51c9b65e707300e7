package io.saccade.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.job.Delivery;
import io.saccade.job.JobOptions;
import io.saccade.wire.Label;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every frame gets its label on a real broker, whatever fails meanwhile. */
@Timeout(120)
class DeliveryTest {
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
  void exactlyOnceLabelsEqualFramesAlthoughATaskManagerIsLost() throws Exception {
    stage.topics("once", 2);
    JobOptions options =
        stage
            .options("once")
            .parallelism(2)
            .checkpointIntervalMillis(1_000)
            .delivery(Delivery.EXACTLY_ONCE)
            .build();
    try (Scene scene = Scene.begin(stage, options)) {
      loseATaskManagerMidStream(scene);

      scene.requireOneLabelEach();
    }
  }

  @Test
  void atLeastOnceLosesNothingAndRepeatsOnlyTheSameKeys() throws Exception {
    stage.topics("atleast", 2);
    JobOptions options =
        stage.options("atleast").parallelism(2).checkpointIntervalMillis(1_000).build();
    try (Scene scene = Scene.begin(stage, options)) {
      loseATaskManagerMidStream(scene);

      scene.requireLabels();
    }
  }

  /** Afterwards some labels were written twice, which shows that work under way was lost. */
  private static void loseATaskManagerMidStream(Scene scene) throws Exception {
    try (AutoCloseable sending = scene.keepSending()) {
      assertThat(sending).isNotNull();
      scene.awaitLabels(100);
      // A loss just after a checkpoint takes nothing with it: then there is another one.
      for (int losses = 0; losses < 5 && repeated(scene).isEmpty(); losses++) {
        int before = scene.labelled();
        stage.taskManagerIsLost();
        scene.awaitLabels(before + 200);
      }
    }
    scene.awaitLabels(scene.places().size());
    // Whatever was under way when it happened has come by now as well: later frames have labels.
    scene.sendPictures(30);
    scene.awaitLabels(scene.places().size());
    assertThat(repeated(scene)).isNotEmpty();
  }

  /** Frames with more than one label in the topic, committed or not. */
  private static Set<Collected.Place> repeated(Scene scene) {
    Set<Collected.Place> once = new HashSet<>();
    return scene.everWritten().stream()
        .filter(place -> !once.add(place))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void goesOnWhereItWasWhenTheBrokerComesBack(Delivery delivery) throws Exception {
    String prefix = "away-" + delivery;
    stage.topics(prefix, 1);
    try (Scene scene = Scene.begin(stage, stage.options(prefix).delivery(delivery).build())) {
      scene.sendPictures(100);
      scene.awaitLabels(60);

      // The sender goes on meanwhile, and waits where it has to.
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> scene.sendPictures(50));
      stage.brokerGoesAway();
      stage.brokerComesBack();
      sending.join();

      scene.awaitLabels(150);
      if (delivery == Delivery.EXACTLY_ONCE) {
        scene.requireOneLabelEach();
      } else {
        scene.requireLabels();
      }
    }
  }

  @Test
  void keepsTheOrderOfACamera() throws Exception {
    stage.topics("order", 2);
    try (Scene scene = Scene.begin(stage, stage.options("order").parallelism(2).build())) {
      scene.sendPictures(90);
      scene.awaitLabels(90);

      for (int camera = 0; camera < 3; camera++) {
        String id = "camera-" + camera;
        assertThat(
                scene.collected().labels().stream()
                    .filter(label -> label.camera().equals(id))
                    .map(Label::offset)
                    .toList())
            .isSorted();
      }
    }
  }
}
