package io.saccade.quickstart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.wire.Event;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Today's job goes on from the savepoints of releases, on a real broker. */
@Timeout(120)
class SavepointRestoreTest {
  private static final Path RELEASES = Path.of("../../flink-job/src/test/resources/savepoints");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NEW_FRAMES = 40;

  static List<Arguments> releases() throws IOException {
    List<Arguments> releases = new ArrayList<>();
    try (Stream<Path> all = Files.list(RELEASES)) {
      all.filter(Files::isDirectory)
          .sorted()
          .forEach(
              release ->
                  List.of(1, 2).forEach(number -> releases.add(Arguments.of(release, number))));
    }
    return releases;
  }

  @ParameterizedTest
  @MethodSource("releases")
  void goesOnWhereTheReleaseStopped(Path release, int parallelism) throws Exception {
    JsonNode made = JSON.readTree(release.resolve("made.json").toFile());
    JsonNode expected = JSON.readTree(release.resolve("expected.json").toFile());
    List<Double> memory =
        StreamSupport.stream(expected.at("/governor/0/memory").spliterator(), false)
            .map(JsonNode::asDouble)
            .toList();
    try (Stage stage = new Stage()) {
      Topics topics = stage.topics(SavepointMaker.PREFIX, SavepointMaker.PARTITIONS);
      fill(stage, topics, made.path("frames"));
      try (Scene scene =
          Scene.resume(
              stage,
              stage
                  .options(SavepointMaker.PREFIX)
                  .parallelism(parallelism)
                  .budgetCores(0.2)
                  .build(),
              release)) {
        for (int frame = 0; frame < NEW_FRAMES; frame++) {
          scene.send("camera-" + frame % 4, Pictures.jpeg(frame % 4));
        }
        scene.awaitLabels(NEW_FRAMES);

        // Nothing that was labelled before is labelled again.
        assertThat(scene.collected().labelled())
            .containsExactlyInAnyOrderElementsOf(scene.places());
        assertThat(scene.collected().labels())
            .allSatisfy(
                label ->
                    assertThat(label.offset())
                        .isGreaterThanOrEqualTo(made.at("/frames/" + label.partition()).asLong()))
            .extracting(Label::epoch)
            .containsOnly(made.path("epoch").asLong());
        whatCamerasShowedGoesOn(
            scene.collected().events(), expected.path("cameras"), parallelism > 1);
        double budget = 0;
        for (int subtask = 0; subtask < parallelism; subtask++) {
          Status first = firstDecision(scene, subtask);
          assertThat(first.memory()).isEqualTo(memory);
          budget += requireNonNull(first.settings()).budgetCores();
        }
        assertThat(budget).isEqualTo(made.path("budgetCores").asDouble());
      }
    }
  }

  /**
   * The first event of each camera goes on from what it showed, and counts the frames before. Since
   * then it was silent for long: a subtask that does not know whether a camera is its own, as after
   * a rescale, may have forgotten it before its first frame comes.
   */
  private static void whatCamerasShowedGoesOn(
      List<Event> events, JsonNode cameras, boolean rescaled) {
    assertThat(cameras).isNotEmpty();
    for (JsonNode camera : cameras) {
      events.stream()
          .filter(event -> event.camera().equals(camera.path("camera").asText()))
          .findFirst()
          .filter(event -> !rescaled || event.from() != null)
          .ifPresent(
              event -> {
                assertThat(event.from()).isEqualTo(camera.path("shows").textValue());
                if (event.kind().equals(Event.CHANGED)
                    && Objects.equals(event.to(), camera.path("candidate").textValue())) {
                  assertThat(event.framesAgreeing()).isGreaterThan(camera.path("agreeing").asInt());
                }
              });
    }
  }

  private static Status firstDecision(Scene scene, int subtask) throws Exception {
    Waiting.until(
        "a decision of subtask " + subtask,
        Scene.SOON,
        () -> decisions(scene).anyMatch(it -> it.subtask() == subtask));
    return decisions(scene).filter(it -> it.subtask() == subtask).findFirst().orElseThrow();
  }

  private static Stream<Status> decisions(Scene scene) {
    return scene.collected().statuses(Status.DECISION).stream();
  }

  /** As many frames as there were: the offsets of the savepoint are those of this topic. */
  private static void fill(Stage stage, Topics topics, JsonNode frames) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stage.brokers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (int partition = 0; partition < frames.size(); partition++) {
        for (int frame = 0; frame < frames.get(partition).asInt(); frame++) {
          sent.add(
              producer.send(
                  new ProducerRecord<>(topics.frames(), partition, null, new byte[] {1})));
        }
      }
      for (Future<?> record : sent) {
        record.get();
      }
    }
  }
}
