package io.saccade.console.control;

import io.saccade.wire.Control;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.MalformedRecordException;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads and writes the settings in force on the control topic, and hears what the job answers on
 * the status topic. Not thread-safe.
 */
public final class ControlDesk implements AutoCloseable {
  /** A job decides ten times a second: one that is silent for so long is not running. */
  private static final Duration ALIVE = Duration.ofSeconds(5);

  /** Of a partition's status records, enough to hold some of each subtask. */
  private static final long RECENT = 500;

  private final Map<String, ?> properties;
  private final Topics topics;
  private final TopicReader status;

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
    this.status = new TopicReader(properties, topics.status());
  }

  /** The newest settings on the control topic that can be read. */
  public Optional<Control> newest() {
    Optional<Control> newest = Optional.empty();
    try (TopicReader control = new TopicReader(properties, topics.control())) {
      for (ConsumerRecord<byte[], byte[]> record : control.newest(Long.MAX_VALUE)) {
        Optional<Control> read = decode(JsonCodec.CONTROL, record);
        // What the job refused stays in the topic until it is compacted: the highest epoch rules.
        if (read.isPresent() && newest.map(Control::epoch).orElse(0L) < read.get().epoch()) {
          newest = read;
        }
      }
    }
    return newest;
  }

  /**
   * The newest decision and the newest news of each subtask of the job that runs now; none when
   * none runs.
   */
  public Running running(long nowMillis) {
    List<Status> alive =
        statuses(status.newest(RECENT)).stream()
            .filter(it -> it.atMillis() >= nowMillis - ALIVE.toMillis())
            .toList();
    List<Status> decisions =
        newest(alive, it -> it.kind().equals(Status.DECISION) && it.settings() != null);
    return new Running(
        decisions,
        newest(alive, it -> it.kind().equals(Status.NEWS) && it.demand() != null),
        Spent.of(
            alive.stream()
                .filter(
                    it ->
                        it.kind().equals(Status.DECISION)
                            && !decisions.isEmpty()
                            && it.parallelism() == decisions.get(0).parallelism())
                .toList()));
  }

  /**
   * What a job told of itself last.
   *
   * @param decisions of each subtask
   * @param news of each subtask; some may be missing
   * @param spent by each subtask in the seconds before; some may be missing
   */
  public record Running(List<Status> decisions, List<Status> news, Map<Integer, Spent> spent) {}

  private static List<Status> newest(List<Status> alive, Predicate<Status> wanted) {
    Map<Integer, Status> newest = new TreeMap<>();
    int parallelism = 0;
    for (Status it : alive) {
      if (wanted.test(it)) {
        if (it.parallelism() != parallelism) {
          // From before a rescale.
          newest.clear();
          parallelism = it.parallelism();
        }
        newest.put(it.subtask(), it);
      }
    }
    return List.copyOf(newest.values());
  }

  /** Writes settings, which replace all before. */
  public void write(Control control) throws InterruptedException {
    new ControlWriter(properties, topics)
        .write("the settings", Control.KEY, JsonCodec.CONTROL.encode(control));
  }

  /**
   * What the job made of settings.
   *
   * @param accepted subtasks that follow them
   * @param parallelism number of subtasks; 0 when none has answered
   * @param refusal why settings were refused and these not accepted; empty when they were
   * @param after time until the last of these answers was heard
   */
  public record Answer(int accepted, int parallelism, Optional<String> refusal, Duration after) {
    public boolean complete() {
      return parallelism > 0 && accepted == parallelism;
    }
  }

  /**
   * Waits for what the job answers to settings just written. A refusal names the epoch in force and
   * not the one refused, so it may be meant for somebody else's settings: it counts only when none
   * of the subtasks accepts these.
   */
  public Answer answer(Control control, Duration atMost) {
    long start = System.nanoTime();
    long until = start + atMost.toNanos();
    Set<Integer> accepted = new HashSet<>();
    Answer answer = new Answer(0, 0, Optional.empty(), Duration.ZERO);
    while (!answer.complete() && System.nanoTime() < until) {
      for (Status it : statuses(status.next())) {
        if (it.kind().equals(Status.CONTROL_ACCEPTED) && it.epoch() == control.epoch()) {
          accepted.add(it.subtask());
          Duration after = Duration.ofNanos(System.nanoTime() - start);
          answer = new Answer(accepted.size(), it.parallelism(), Optional.empty(), after);
        } else if (it.kind().equals(Status.CONTROL_REFUSED) && accepted.isEmpty()) {
          Optional<String> reason = Optional.ofNullable(it.reason());
          answer =
              new Answer(0, it.parallelism(), reason, Duration.ofNanos(System.nanoTime() - start));
        }
      }
    }
    return answer;
  }

  private static List<Status> statuses(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().flatMap(it -> decode(JsonCodec.STATUS, it).stream()).toList();
  }

  private static <T> Optional<T> decode(JsonCodec<T> codec, ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null ? Optional.empty() : Optional.of(codec.decode(record.value()));
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    status.close();
  }
}
