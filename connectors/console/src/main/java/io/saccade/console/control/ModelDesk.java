package io.saccade.console.control;

import io.saccade.wire.JsonCodec;
import io.saccade.wire.ModelOrder;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Orders other models on the control topic, and hears what the jobs make of them. Not thread-safe.
 */
public final class ModelDesk implements AutoCloseable {
  private final Map<String, ?> properties;
  private final Topics topics;
  private final StatusReader status;

  /**
   * Opens the desk.
   *
   * @param properties what clients need to reach the brokers ({@code bootstrap.servers}, security)
   */
  public ModelDesk(Map<String, ?> properties, Topics topics) {
    this.properties = Map.copyOf(properties);
    this.topics = topics;
    this.status = new StatusReader(properties, topics);
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
    return record.value() == null || !ModelOrder.isOne(record.value())
        ? Optional.empty()
        : TopicReader.read(JsonCodec.MODEL_ORDER, record);
  }

  /**
   * What the jobs that run now told last; to be asked before an order is written, as only what is
   * said after this answers it.
   */
  public Running running(long nowMillis) {
    return status.running(nowMillis);
  }

  /** Writes an order, which replaces all before. */
  public void write(ModelOrder order) throws InterruptedException {
    new ControlWriter(properties, topics)
        .write("the order", ModelOrder.KEY, JsonCodec.MODEL_ORDER.encode(order));
  }

  /**
   * Waits until every subtask of all jobs that run has answered an order just written.
   *
   * @param running the jobs that are waited for; when there is none, the first that answers
   */
  public Answers answer(ModelOrder order, Running running, Duration atMost) {
    long start = System.nanoTime();
    Answers answers = new Answers(running);
    while (!answers.all(Answer::complete) && System.nanoTime() - start < atMost.toNanos()) {
      for (Status it : status.next()) {
        Duration after = Duration.ofNanos(System.nanoTime() - start);
        if (it.epoch() == order.epoch() && it.kind().equals(Status.MODEL_IN_FORCE)) {
          answers.taken(it, after);
        } else if (it.epoch() == order.epoch() && it.kind().equals(Status.MODEL_REFUSED)) {
          answers.refused(it, after);
        }
      }
    }
    return answers;
  }

  @Override
  public void close() {
    status.close();
  }
}
