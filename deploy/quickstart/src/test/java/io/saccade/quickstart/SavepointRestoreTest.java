package io.saccade.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.job.Delivery;
import io.saccade.job.JobOptions;
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
    try (Stage stage = new Stage()) {
      Topics topics = stage.topics(SavepointMaker.PREFIX, SavepointMaker.PARTITIONS);
      fill(stage, topics, made.path("frames"));
      try (Scene scene = Scene.resume(stage, options(stage, made, parallelism), release)) {
        whatCamerasShowedGoesOn(scene, topics, expected.path("cameras"));
        for (int frame = 0; frame < NEW_FRAMES; frame++) {
          scene.send("camera-" + frame % 4, Pictures.jpeg(frame % 4));
        }
        scene.awaitLabels(scene.places().size());

        // Nothing that was labelled before is labelled again.
        scene.requireOneLabelEach();
        assertThat(scene.collected().labels())
            .allSatisfy(
                label ->
                    assertThat(label.offset())
                        .isGreaterThanOrEqualTo(made.at("/frames/" + label.partition()).asLong()))
            .extracting(Label::epoch)
            .containsOnly(made.path("epoch").asLong());
        if (made.has("model")) {
          assertThat(scene.collected().labels())
              .extracting(Label::modelSha256)
              .containsOnly(made.at("/model/sha256").asText());
        }
        double budget = 0;
        for (int subtask = 0; subtask < parallelism; subtask++) {
          Status first = firstDecision(scene, subtask);
          assertThat(first.memory()).isEqualTo(memory(expected.path("governor"), subtask));
          budget += requireNonNull(first.settings()).budgetCores();
        }
        double whole = made.path("budgetCores").asDouble();
        if (parallelism > 1 && parallelism == made.path("subtasks").asInt(1)) {
          // Each knows what the others wanted, and what a core could spend, when it was kept.
          assertThat(budget).isPositive().isLessThanOrEqualTo(whole);
        } else {
          assertThat(budget).isEqualTo(whole);
        }
      }
    }
  }

  /** As the job was started that the savepoint is of, but for the parallelism and the budget. */
  private static JobOptions options(Stage stage, JsonNode made, int parallelism) {
    return stage
        .options(SavepointMaker.PREFIX)
        .parallelism(parallelism)
        .budgetCores(0.2)
        .delivery(made.has("model") ? Delivery.EXACTLY_ONCE : Delivery.AT_LEAST_ONCE)
        .modelFolders(List.of(SavepointMaker.MODELS))
        .build();
  }

  /** Of the subtask with the same number, else of the first. */
  private static List<Double> memory(JsonNode governors, int subtask) {
    JsonNode governor =
        StreamSupport.stream(governors.spliterator(), false)
            .filter(it -> it.path("subtask").asInt() == subtask)
            .findFirst()
            .orElse(governors.path(0));
    return StreamSupport.stream(governor.path("memory").spliterator(), false)
        .map(JsonNode::asDouble)
        .toList();
  }

  /**
   * Each camera sends once more when it would have, so that whoever has it now knows it for his
   * own, however the job is divided now. Then a strange one sends today: in the time of each
   * partition the others have been silent since, and are said to be with what they showed, unless
   * they have changed from it before.
   */
  private static void whatCamerasShowedGoesOn(Scene scene, Topics topics, JsonNode cameras)
      throws Exception {
    assertThat(cameras).isNotEmpty();
    for (JsonNode camera : cameras) {
      scene.send(
          record(
              topics,
              camera.path("partition").asInt(),
              camera.path("heardMillis").asLong() + 1,
              camera.path("camera").asText()));
    }
    scene.awaitLabels(cameras.size());
    for (int partition = 0; partition < SavepointMaker.PARTITIONS; partition++) {
      scene.send(record(topics, partition, System.currentTimeMillis(), "strange-" + partition));
    }
    for (JsonNode camera : cameras) {
      String name = camera.path("camera").asText();
      Waiting.until("an event of " + name, Scene.SOON, () -> events(scene, name).count() > 0);
      Event first = events(scene, name).findFirst().orElseThrow();
      assertThat(first.from()).as("%s", first).isEqualTo(camera.path("shows").textValue());
      // A savepoint that is no older than frames may be has its frame looked at, besides.
      if (Objects.equals(first.to(), camera.path("candidate").textValue())
          && first.kind().equals(Event.CHANGED)) {
        assertThat(first.framesAgreeing()).isGreaterThan(camera.path("agreeing").asInt());
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      Topics topics, int partition, long millis, String camera) {
    return new ProducerRecord<>(
        topics.frames(), partition, millis, camera.getBytes(UTF_8), Pictures.jpeg(0));
  }

  private static Stream<Event> events(Scene scene, String camera) {
    return scene.collected().events().stream().filter(event -> event.camera().equals(camera));
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
