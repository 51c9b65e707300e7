package io.saccade.console.control;

import io.saccade.wire.JsonCodec;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hears the jobs on the status topic, and passes over what cannot be read. Not thread-safe. */
final class StatusReader implements AutoCloseable {
  /** A job decides ten times a second: one that is silent for so long is not running. */
  private static final Duration ALIVE = Duration.ofSeconds(5);

  /** Of a partition's status records, enough to hold some of each subtask. */
  private static final long RECENT = 500;

  private final TopicReader status;

  StatusReader(Map<String, ?> properties, Topics topics) {
    this.status = new TopicReader(properties, topics.status());
  }

  /** The jobs that run now; {@link #next} goes on from here. */
  Running running(long nowMillis) {
    return Running.of(
        read(status.newest(RECENT)).stream()
            .filter(it -> it.atMillis() >= nowMillis - ALIVE.toMillis())
            .toList());
  }

  /** What has been said since the last reading; waits a moment for it. */
  List<Status> next() {
    return read(status.next());
  }

  private static List<Status> read(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().flatMap(it -> TopicReader.read(JsonCodec.STATUS, it).stream()).toList();
  }

  @Override
  public void close() {
    status.close();
  }
}
