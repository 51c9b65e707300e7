package io.saccade.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.saccade.wire.DeadLetter;
import io.saccade.wire.Frame;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters: the picture as it came, the rest in headers.
 *
 * @param topic where they go
 */
record DeadLetterRecords(String topic) implements KafkaRecordSerializationSchema<DeadLetter> {

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, @Nullable Long timestamp) {
    Frame frame = letter.frame();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            null,
            acceptable(frame.capturedMillis(), System.currentTimeMillis()),
            frame.camera().getBytes(UTF_8),
            letter.value());
    letter.headers().forEach(record.headers()::add);
    return record;
  }

  /** The capture time, or the time now when a broker would refuse it or no clock was right. */
  static long acceptable(long capturedMillis, long nowMillis) {
    return capturedMillis > 0 && capturedMillis <= nowMillis ? capturedMillis : nowMillis;
  }
}
