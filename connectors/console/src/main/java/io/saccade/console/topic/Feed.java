package io.saccade.console.topic;

import io.saccade.console.scene.Chronicle;
import io.saccade.console.scene.Note;
import io.saccade.console.scene.Wall;
import io.saccade.wire.CameraStatus;
import io.saccade.wire.Frames;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.MalformedRecordException;
import io.saccade.wire.Topics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what cameras and job write to what the page knows. */
record Feed(Topics topics, Wall wall, Chronicle chronicle) {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  /** Events are few and old ones are still news. */
  private static final long EVENTS_BEFORE = 100;

  /** The topics read from their end on. */
  List<String> fromNow() {
    return List.of(topics.labels(), topics.events(), topics.status());
  }

  /** The compacted topics, which are read whole. */
  List<String> whole() {
    return List.of(topics.control(), topics.cameras());
  }

  /**
   * Where reading a partition begins that has records from {@code start} to {@code end}, and that a
   * consumer before has read up to {@code read}; 0 when none did.
   */
  long start(String topic, long start, long end, long read) {
    if (whole().contains(topic)) {
      return start;
    }
    if (!topic.equals(topics.events())) {
      return end;
    }
    // One that ends before what was read is another, under the same name.
    return Math.max(Math.max(start, end - EVENTS_BEFORE), read > end ? 0 : read);
  }

  void accept(ConsumerRecord<byte[], byte[]> record, long nowMillis) {
    byte[] value = record.value();
    if (value == null) {
      if (record.topic().equals(topics.cameras()) && record.key() != null) {
        wall.forgetStatus(Frames.camera(record.key()));
      }
      return;
    }
    try {
      read(record.topic(), value, nowMillis);
    } catch (MalformedRecordException e) {
      LOG.debug("passed over {}-{}@{}", record.topic(), record.partition(), record.offset(), e);
    }
  }

  private void read(String topic, byte[] value, long nowMillis) {
    if (topic.equals(topics.labels())) {
      Note note = LabelSkimmer.skim(value);
      wall.hear(note, value, nowMillis);
      chronicle.hear(note, nowMillis);
    } else if (topic.equals(topics.status())) {
      chronicle.hear(JsonCodec.STATUS.decode(value), nowMillis);
    } else if (topic.equals(topics.events())) {
      chronicle.hear(JsonCodec.EVENT.decode(value), nowMillis);
    } else if (topic.equals(topics.control())) {
      chronicle.hear(JsonCodec.CONTROL.decode(value));
    } else {
      CameraStatus status = JsonCodec.CAMERA_STATUS.decode(value);
      wall.hear(status);
      chronicle.hear(status, nowMillis);
    }
  }
}
