package io.saccade.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.saccade.wire.CameraStatus;
import io.saccade.wire.Event;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes to the topics what cameras and a job would, as the test has it. */
final class RecordedJob implements AutoCloseable {
  private static final Topics TOPICS = Topics.DEFAULT;

  private final KafkaProducer<byte[], byte[]> producer;

  RecordedJob(String brokers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** A frame, and the label of that very frame. */
  void frame(String camera, byte[] image, String outcome, String model)
      throws InterruptedException, ExecutionException {
    frame(camera, image, outcome, model, System.currentTimeMillis());
  }

  /** The same of a frame whose camera says when it was captured. */
  void frame(String camera, byte[] image, String outcome, String model, long capturedMillis)
      throws InterruptedException, ExecutionException {
    RecordMetadata at = write(TOPICS.frames(), camera, image);
    boolean classified = outcome.equals(Label.CLASSIFIED);
    Label label =
        new Label(
            Label.SCHEMA,
            camera,
            at.offset(),
            at.partition(),
            at.offset(),
            capturedMillis,
            outcome,
            classified ? "confident" : "not-an-image",
            classified ? List.of(new Label.Ranked("nut", 0.75f)) : List.of(),
            classified ? List.of(new Label.Look(0, 0, 64, 64, 0.75f, 900)) : List.of(),
            classified ? List.of(0.5f, 0.5f) : List.of(),
            0,
            1,
            100,
            900,
            5,
            20,
            model,
            "abcdef0123456789");
    write(TOPICS.labels(), camera, JsonCodec.LABEL.encode(label));
  }

  void event(String camera, String kind, @Nullable String to)
      throws InterruptedException, ExecutionException {
    long now = System.currentTimeMillis();
    write(
        TOPICS.events(),
        camera,
        JsonCodec.EVENT.encode(new Event(Event.SCHEMA, camera, kind, null, to, now, now, 1, 0.9)));
  }

  /** What a camera's process would say of it. */
  void state(String camera, String state, long atMillis)
      throws InterruptedException, ExecutionException {
    write(
        TOPICS.cameras(),
        camera,
        JsonCodec.CAMERA_STATUS.encode(
            new CameraStatus(
                CameraStatus.SCHEMA, camera, state, null, atMillis, atMillis, null, 0, 0, 0, 0)));
  }

  void refusal(String reason) throws InterruptedException, ExecutionException {
    status(Status.CONTROL_REFUSED, System.currentTimeMillis(), reason);
  }

  void decision(long atMillis) throws InterruptedException, ExecutionException {
    status(Status.DECISION, atMillis, null);
  }

  /** A decision under that budget, now. */
  void decision(Status.Settings settings) throws InterruptedException, ExecutionException {
    write(
        TOPICS.status(),
        "0",
        JsonCodec.STATUS.encode(decision(from(System.currentTimeMillis()), settings)));
  }

  private void status(String kind, long atMillis, @Nullable String reason)
      throws InterruptedException, ExecutionException {
    Status.From from = from(atMillis);
    Status status =
        kind.equals(Status.DECISION)
            ? decision(from, new Status.Settings(0.5, 200_000_000, 800_000_000, 1, 1))
            : Status.answer(from, kind, reason);
    write(TOPICS.status(), "0", JsonCodec.STATUS.encode(status));
  }

  private static Status.From from(long atMillis) {
    return new Status.From(0, 1, atMillis, 1);
  }

  private static Status decision(Status.From from, Status.Settings settings) {
    return Status.decision(
        from,
        "law",
        settings,
        null,
        List.of(),
        new Status.Decided(0, 1, 10, 10, 3e6, 1),
        new Status.Nominal(1e6, 2e6, 2e6));
  }

  private RecordMetadata write(String topic, String key, byte[] value)
      throws InterruptedException, ExecutionException {
    return producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value)).get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
