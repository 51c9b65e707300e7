package io.saccade.console.control;

import io.saccade.wire.Control;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads and writes the settings in force on the control topic, and hears what the jobs answer on
 * the status topic. Not thread-safe.
 */
public final class ControlDesk implements AutoCloseable {
  private final Map<String, ?> properties;
  private final Topics topics;
  private final StatusReader status;

  public ControlDesk(String brokers, Topics topics) {
    this(Map.of("bootstrap.servers", brokers), topics);
  }

  /**
   * Opens the desk.
   *
   * @param properties what clients need to reach the brokers ({@code bootstrap.servers}, security)
   */
  public ControlDesk(Map<String, ?> properties, Topics topics) {
    this.properties = Map.copyOf(properties);
    this.topics = topics;
    this.status = new StatusReader(properties, topics);
  }

  /** The newest settings on the control topic that can be read. */
  public Optional<Control> newest() {
    Optional<Control> newest = Optional.empty();
    try (TopicReader control = new TopicReader(properties, topics.control())) {
      for (ConsumerRecord<byte[], byte[]> record : control.newest(Long.MAX_VALUE)) {
        Optional<Control> read = TopicReader.read(JsonCodec.CONTROL, record);
        // What the job refused stays in the topic until it is compacted: the highest epoch rules.
        if (read.isPresent() && newest.map(Control::epoch).orElse(0L) < read.get().epoch()) {
          newest = read;
        }
      }
    }
    return newest;
  }

  /** What the jobs that run now told last; to be asked before {@link #answer}. */
  public Running running(long nowMillis) {
    return status.running(nowMillis);
  }

  /** Writes settings, which replace all before. */
  public void write(Control control) throws InterruptedException {
    new ControlWriter(properties, topics)
        .write("the settings", Control.KEY, JsonCodec.CONTROL.encode(control));
  }

  /**
   * Waits until all jobs that run follow settings just written. A refusal names the epoch in force
   * and not the one refused, so it may be meant for somebody else's settings: that of a job counts
   * only when none of its subtasks accepts these.
   *
   * @param running the jobs that are waited for
   */
  public Answers answer(Control control, Running running, Duration atMost) {
    long start = System.nanoTime();
    Answers answers = new Answers(running);
    while (!answers.all(Answer::inForce) && System.nanoTime() - start < atMost.toNanos()) {
      for (Status it : status.next()) {
        Duration after = Duration.ofNanos(System.nanoTime() - start);
        if (it.kind().equals(Status.CONTROL_ACCEPTED) && it.epoch() == control.epoch()) {
          answers.taken(it, after);
        } else if (it.kind().equals(Status.CONTROL_REFUSED) && !answers.takenBy(it)) {
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
