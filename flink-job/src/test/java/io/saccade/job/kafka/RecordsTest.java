package io.saccade.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.Control;
import io.saccade.wire.DeadLetter;
import io.saccade.wire.Frame;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Status;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static final long NOW_MILLIS = 1_760_000_000_000L;

  @Test
  void jsonGoesWithItsKeyAndWithoutATimestampThatABrokerCouldRefuse() {
    Control control = new Control(Control.SCHEMA, 3, "me", 0.5, 200, 800);
    ProducerRecord<byte[], byte[]> record =
        serialized(
            new JsonRecords<Control>(
                "topic", it -> it.issuedBy(), it -> JsonCodec.CONTROL.encode(it)),
            control);
    assertThat(record.key()).isEqualTo("me".getBytes(UTF_8));
    assertThat(JsonCodec.CONTROL.decode(record.value())).isEqualTo(control);
    assertThat(record.timestamp()).isNull();
  }

  @Test
  void aStatusSaysItsKindInAHeader() {
    Status status = News.of("gate-job", 1, 2, 7);
    ProducerRecord<byte[], byte[]> record = serialized(new StatusRecords("topic"), status);
    assertThat(record.key()).isEqualTo("1".getBytes(UTF_8));
    assertThat(record.headers().lastHeader(Status.KIND).value()).isEqualTo("news".getBytes(UTF_8));
    assertThat(JsonCodec.STATUS.decode(record.value())).isEqualTo(status);
  }

  @Test
  void aDeadLetterIsThePictureWithItsReason() {
    Frame frame = new Frame("gate", 5, 1_000_000, null, new byte[] {9}, 2, 77);
    ProducerRecord<byte[], byte[]> record =
        serialized(
            new DeadLetterRecords("topic"), new DeadLetter(frame, "corrupt", "no end of image"));
    assertThat(record.value()).containsExactly(9);
    assertThat(record.key()).isEqualTo("gate".getBytes(UTF_8));
    assertThat(record.timestamp()).isEqualTo(1_000_000);
    assertThat(record.headers().lastHeader(DeadLetter.REASON).value())
        .isEqualTo("corrupt".getBytes(UTF_8));
    assertThat(record.headers().lastHeader(DeadLetter.OFFSET).value())
        .isEqualTo("77".getBytes(UTF_8));
  }

  @Property(tries = 300, seed = "1")
  void noTimestampIsNegativeOrFromTheFuture(@ForAll long capturedMillis) {
    assertThat(DeadLetterRecords.acceptable(capturedMillis, NOW_MILLIS)).isBetween(1L, NOW_MILLIS);
  }

  @SuppressWarnings("NullAway") // neither schema looks at context or timestamp
  private static <T> ProducerRecord<byte[], byte[]> serialized(
      KafkaRecordSerializationSchema<T> schema, T element) {
    return schema.serialize(element, null, null);
  }
}
