package io.saccade.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final byte[] IMAGE = {1, 2, 3};

  @Test
  void aBareRecordIsAFrameOfItsPartition() {
    Frame frame = read(null, IMAGE, new RecordHeaders());
    assertThat(frame.camera()).isEqualTo("saccade.frames-3");
    assertThat(frame.sequence()).isEqualTo(42);
    assertThat(frame.capturedMillis()).isEqualTo(1_760_000_000_000L);
    assertThat(frame.image()).isSameAs(IMAGE);
  }

  @Test
  void keyAndHeadersNameCameraAndSequence() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("sequence", "7".getBytes(UTF_8));
    headers.add("content-type", "image/jpeg".getBytes(UTF_8));
    Frame frame = read("gate".getBytes(UTF_8), IMAGE, headers);
    assertThat(frame.camera()).isEqualTo("gate");
    assertThat(frame.sequence()).isEqualTo(7);
    assertThat(frame.contentType()).isEqualTo("image/jpeg");
  }

  @Test
  void aRecordWithoutAValueIsAnEmptyFrame() {
    assertThat(read(null, null, new RecordHeaders()).image()).isEmpty();
  }

  @SuppressWarnings("NullAway") // Kafka's record may well have neither key nor value
  private static Frame read(byte @Nullable [] key, byte @Nullable [] value, RecordHeaders headers) {
    List<Frame> frames = new ArrayList<>();
    new FrameReader()
        .deserialize(
            new ConsumerRecord<>(
                "saccade.frames",
                3,
                42,
                1_760_000_000_000L,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty()),
            new ListCollector<>(frames));
    assertThat(frames).hasSize(1);
    return frames.get(0);
  }
}
