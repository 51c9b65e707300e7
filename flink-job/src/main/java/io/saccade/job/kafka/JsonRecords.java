package io.saccade.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of one kind as JSON.
 *
 * @param topic where they go
 * @param key by which they are partitioned
 * @param json their encoding
 */
record JsonRecords<T>(
    String topic, SerializableFunction<T, String> key, SerializableFunction<T, byte[]> json)
    implements KafkaRecordSerializationSchema<T> {

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T element, KafkaSinkContext context, @Nullable Long timestamp) {
    // Without a timestamp: a capture time from a wrong clock would make the broker refuse it.
    return new ProducerRecord<>(topic, key.apply(element).getBytes(UTF_8), json.apply(element));
  }
}
