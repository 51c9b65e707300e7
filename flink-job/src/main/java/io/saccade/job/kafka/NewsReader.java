package io.saccade.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.saccade.budget.share.Demand;
import io.saccade.job.control.Notice;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.MalformedRecordException;
import io.saccade.wire.Status;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The news of a job's subtasks from the status topic. Decisions, ten times as many and ten times as
 * long, are passed over by their header, unread. What is no news of this job is passed over too.
 *
 * @param job whose news
 */
record NewsReader(String job) implements KafkaRecordDeserializationSchema<Notice> {
  private static final byte[] NEWS = Status.NEWS.getBytes(UTF_8);

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Notice> notices) {
    Header kind = record.headers().lastHeader(Status.KIND);
    if (kind == null || record.value() == null || !Arrays.equals(NEWS, kind.value())) {
      return;
    }
    try {
      Status status = JsonCodec.STATUS.decode(record.value());
      Status.Demand demand = status.demand();
      if (demand != null && job.equals(status.job())) {
        notices.collect(Notice.of(demand(status, demand)));
      }
    } catch (MalformedRecordException | IllegalArgumentException nobodysNews) {
      // Anybody may write to a topic; who does not make sense is not heard.
      return;
    }
  }

  private static Demand demand(Status status, Status.Demand demand) {
    return new Demand(
        status.subtask(),
        status.parallelism(),
        status.atMillis(),
        demand.framesPerSecond(),
        demand.glanceCores(),
        demand.fullCores(),
        demand.mostCores(),
        demand.weight(),
        demand.deaf());
  }

  @Override
  public TypeInformation<Notice> getProducedType() {
    return TypeInformation.of(Notice.class);
  }
}
