package io.saccade.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.saccade.fuzz.Promise;
import io.saccade.job.control.Moment;
import io.saccade.job.events.CameraViews;
import io.saccade.wire.DeadLetter;
import io.saccade.wire.Event;
import io.saccade.wire.Frame;
import io.saccade.wire.Frames;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Timeout;

/**
 * All of a frame's record but the picture: key, timestamp, headers; through what the job makes of
 * them, to the keys and headers it writes.
 */
class FrameRecordFuzzTest {
  private static final long NOW_MILLIS = 1_760_000_000_000L;
  private static final long HUNDRED_YEARS_MILLIS = 100L * 365 * 24 * 3600 * 1000;
  private static final int MOST_HEADER_BYTES = 8 << 10;
  private static final CameraViews.Terms TERMS =
      new CameraViews.Terms(500, 3_000, "a1".repeat(32), List.of("bolt", "nut"));

  @FuzzTest
  @Timeout(20)
  void record(byte[] input) {
    RecordParts parts = new RecordParts(input);
    Frame frame = read(parts);
    namesItsCamera(frame);
    assertThat(frame.sequence()).isNotNegative();
    age(frame);
    label(frame);
    deadLetter(frame);
    camera(frame);
  }

  @SuppressWarnings("NullAway") // Kafka's record may well have neither key nor value
  private static Frame read(RecordParts parts) {
    List<Frame> frames = new ArrayList<>();
    new FrameReader()
        .deserialize(
            new ConsumerRecord<>(
                "saccade.frames",
                3,
                parts.offset(),
                parts.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                parts.key(),
                parts.value(),
                parts.headers(),
                Optional.empty()),
            new ListCollector<>(frames));
    assertThat(frames).hasSize(1);
    return frames.get(0);
  }

  /** The name may stand in a line, and who reads the key of its label finds the same. */
  private static void namesItsCamera(Frame frame) {
    Promise.oneLine(frame.camera(), Frames.MAX_CAMERA_LENGTH);
    assertThat(Frames.camera(frame.camera().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(frame.camera());
    if (frame.contentType() != null) {
      Promise.oneLine(frame.contentType() + ".", 128);
    }
  }

  private static void age(Frame frame) {
    Moment taken = new Moment(NOW_MILLIS * 1_000_000, frame.capturedMillis());
    assertThat(taken.ageMillis()).isBetween(-HUNDRED_YEARS_MILLIS, HUNDRED_YEARS_MILLIS);
    assertThat(taken.plausibleMillis()).isBetween(0L, NOW_MILLIS);
  }

  private static void label(Frame frame) {
    Label label =
        new Label(
            Label.SCHEMA,
            frame.camera(),
            frame.sequence(),
            frame.partition(),
            frame.offset(),
            frame.capturedMillis(),
            Label.SHED,
            "too-old",
            List.of(),
            List.of(),
            List.of(),
            0,
            0,
            0,
            0,
            0,
            0,
            "tiny",
            "a1");
    assertThat(JsonCodec.LABEL.decode(JsonCodec.LABEL.encode(label))).isEqualTo(label);
  }

  @SuppressWarnings("NullAway") // the schema looks at neither context nor timestamp
  private static void deadLetter(Frame frame) {
    ProducerRecord<byte[], byte[]> record =
        new DeadLetterRecords("dead")
            .serialize(new DeadLetter(frame, "corrupt", "as it came"), null, null);
    assertThat(record.timestamp()).isPositive();
    assertThat(record.value().length).isLessThanOrEqualTo(DeadLetter.MAX_BYTES);
    int bytes = 0;
    for (Header header : record.headers()) {
      bytes += header.key().length() + header.value().length;
      Promise.oneLine(new String(header.value(), StandardCharsets.UTF_8) + ".", 1000);
    }
    assertThat(bytes).isLessThan(MOST_HEADER_BYTES);
  }

  /** Its state and its events, before and after an ordinary frame of the same camera. */
  private static void camera(Frame frame) {
    CameraViews views = new CameraViews(TERMS);
    List<Event> events = new ArrayList<>();
    views.of(frame, NOW_MILLIS, events::add);
    views.listen(NOW_MILLIS + 60_000, events::add);
    Frame next =
        new Frame(frame.camera(), 1, NOW_MILLIS + 60_000, null, new byte[0], frame.partition(), 8);
    views
        .of(next, NOW_MILLIS + 60_000, events::add)
        .sees(TERMS.classes(), new float[] {0.9f, 0.1f}, 0, NOW_MILLIS + 60_000)
        .ifPresent(events::add);
    views.listen(NOW_MILLIS + 120_000, events::add);
    events.forEach(
        event ->
            assertThat(JsonCodec.EVENT.decode(JsonCodec.EVENT.encode(event))).isEqualTo(event));
    assertThat(views.kept(0, 1, name -> new double[0])).hasSize(1);
  }
}
