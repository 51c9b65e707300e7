package io.saccade.quickstart;

import io.saccade.wire.Event;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a job has written, as somebody reads it who sees committed records only. */
final class Collected implements Consumer<ConsumerRecord<byte[], byte[]>> {
  private final Topics topics;
  private final List<Label> labels = new CopyOnWriteArrayList<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<Status> statuses = new CopyOnWriteArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> deadLetters = new CopyOnWriteArrayList<>();

  Collected(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void accept(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.labels())) {
      labels.add(JsonCodec.LABEL.decode(record.value()));
    } else if (record.topic().equals(topics.status())) {
      statuses.add(JsonCodec.STATUS.decode(record.value()));
    } else if (record.topic().equals(topics.events())) {
      events.add(JsonCodec.EVENT.decode(record.value()));
    } else if (record.topic().equals(topics.deadLetters())) {
      deadLetters.add(record);
    }
  }

  List<Label> labels() {
    return labels;
  }

  /** The frames that have a label, by their idempotent keys. */
  List<Place> labelled() {
    return labels.stream().map(label -> new Place(label.partition(), label.offset())).toList();
  }

  List<Status> statuses(String kind) {
    return statuses.stream().filter(status -> status.kind().equals(kind)).toList();
  }

  List<Event> events() {
    return events;
  }

  List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    return deadLetters;
  }

  /** Where a frame stands. */
  record Place(int partition, long offset) {}
}
