package io.saccade.job.kafka;

import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The value of each record as it came, empty for a record without one; never fails. */
final class ValueReader implements KafkaRecordDeserializationSchema<byte[]> {

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<byte[]> values) {
    values.collect(record.value() == null ? new byte[0] : record.value());
  }

  @Override
  public TypeInformation<byte[]> getProducedType() {
    return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
  }
}
