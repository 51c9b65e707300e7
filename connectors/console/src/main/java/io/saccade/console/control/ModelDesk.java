package io.saccade.console.control;

import io.saccade.wire.JsonCodec;
import io.saccade.wire.MalformedRecordException;
import io.saccade.wire.ModelOrder;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Orders other models on the control topic, and hears what the job makes of them. Not thread-safe.
 */
public final class ModelDesk implements AutoCloseable {
  private final Map<String, ?> properties;
  private final Topics topics;
  private final TopicReader status;

  /**
   * Opens the desk.
   *
   * @param properties what clients need to reach the brokers ({@code bootstrap.servers}, security)
   */
  public ModelDesk(Map<String, ?> properties, Topics topics) {
    this.properties = Map.copyOf(properties);
    this.topics = topics;
    this.status = new TopicReader(properties, topics.status());
    // Only what comes after the order answers it.
    status.newest(0);
  }

  /** The newest order on the control topic that can be read. */
  public Optional<ModelOrder> newest() {
    Optional<ModelOrder> newest = Optional.empty();
    try (TopicReader control = new TopicReader(properties, topics.control())) {
      for (ConsumerRecord<byte[], byte[]> record : control.newest(Long.MAX_VALUE)) {
        Optional<ModelOrder> read = order(record);
        if (read.isPresent() && newest.map(ModelOrder::epoch).orElse(0L) < read.get().epoch()) {
          newest = read;
        }
      }
    }
    return newest;
  }

  private static Optional<ModelOrder> order(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null || !ModelOrder.isOne(record.value())
          ? Optional.empty()
          : Optional.of(JsonCodec.MODEL_ORDER.decode(record.value()));
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }

  /** Writes an order, which replaces all before. */
  public void write(ModelOrder order) throws InterruptedException {
    new ControlWriter(properties, topics)
        .write("the order", ModelOrder.KEY, JsonCodec.MODEL_ORDER.encode(order));
  }

  /**
   * What the job made of an order.
   *
   * @param inForce subtasks that look with the model
   * @param refusals why others do not, by subtask
   * @param parallelism number of subtasks; 0 when none has answered
   * @param after time until the last of these answers was heard
   */
  public record Answer(
      TreeSet<Integer> inForce,
      TreeMap<Integer, String> refusals,
      int parallelism,
      Duration after) {
    /** Whether every subtask has answered. */
    public boolean complete() {
      return parallelism > 0 && inForce.size() + refusals.size() >= parallelism;
    }
  }

  /** Waits until every subtask has answered an order just written. */
  public Answer answer(ModelOrder order, Duration atMost) {
    long start = System.nanoTime();
    Answer answer = new Answer(new TreeSet<>(), new TreeMap<>(), 0, Duration.ZERO);
    while (!answer.complete() && System.nanoTime() - start < atMost.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> record : status.next()) {
        answer = with(answer, order, record, Duration.ofNanos(System.nanoTime() - start));
      }
    }
    return answer;
  }

  private static Answer with(
      Answer before, ModelOrder order, ConsumerRecord<byte[], byte[]> record, Duration after) {
    if (record.value() == null) {
      return before;
    }
    Status status;
    try {
      status = JsonCodec.STATUS.decode(record.value());
    } catch (MalformedRecordException e) {
      return before;
    }
    boolean taken = status.kind().equals(Status.MODEL_IN_FORCE);
    if (status.epoch() != order.epoch() || !(taken || status.kind().equals(Status.MODEL_REFUSED))) {
      return before;
    }
    if (taken) {
      before.inForce().add(status.subtask());
    } else {
      before.refusals().put(status.subtask(), String.valueOf(status.reason()));
    }
    return new Answer(before.inForce(), before.refusals(), status.parallelism(), after);
  }

  @Override
  public void close() {
    status.close();
  }
}
