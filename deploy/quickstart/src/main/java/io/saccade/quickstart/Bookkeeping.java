package io.saccade.quickstart;

import io.saccade.wire.JsonCodec;
import io.saccade.wire.Topics;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Brings what the job writes to the ledger. */
record Bookkeeping(Topics topics, Ledger ledger)
    implements Consumer<ConsumerRecord<byte[], byte[]>> {

  /** The topics to be read. */
  static List<String> topics(Topics topics) {
    return List.of(topics.labels(), topics.status(), topics.deadLetters());
  }

  @Override
  public void accept(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.labels())) {
      ledger.book(
          JsonCodec.LABEL.decode(record.value()), System.nanoTime(), System.currentTimeMillis());
    } else if (record.topic().equals(topics.status())) {
      ledger.book(JsonCodec.STATUS.decode(record.value()));
    } else {
      ledger.bookDeadLetter();
    }
  }
}
