package io.saccade.job.kafka;

import io.saccade.wire.Frame;
import io.saccade.wire.Frames;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A frame from each record of the frames topic; never fails. */
final class FrameReader implements KafkaRecordDeserializationSchema<Frame> {

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Frame> frames) {
    frames.collect(
        Frames.read(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            record.key(),
            record.value(),
            name -> {
              Header header = record.headers().lastHeader(name);
              return header == null ? null : header.value();
            }));
  }

  @Override
  public TypeInformation<Frame> getProducedType() {
    return TypeInformation.of(Frame.class);
  }
}
