package io.saccade.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.saccade.wire.JsonCodec;
import io.saccade.wire.Status;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Status records: by subtask, with the kind in a header, so that who wants news need not read ten
 * times as many decisions.
 *
 * @param topic where they go
 */
record StatusRecords(String topic) implements KafkaRecordSerializationSchema<Status> {

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Status status, KafkaSinkContext context, @Nullable Long timestamp) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            Integer.toString(status.subtask()).getBytes(UTF_8),
            JsonCodec.STATUS.encode(status));
    record.headers().add(Status.KIND, status.kind().getBytes(UTF_8));
    return record;
  }
}
