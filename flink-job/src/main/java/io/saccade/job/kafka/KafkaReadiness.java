package io.saccade.job.kafka;

import io.saccade.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** What has to be right with Kafka before a job starts; asked once, by whoever starts it. */
public final class KafkaReadiness implements AutoCloseable {
  private static final String TRANSACTION_LIMIT = "transaction.max.timeout.ms";

  /** A record of the largest picture that is read, 8 MiB, and what Kafka puts around it. */
  private static final int LARGEST_FRAME = (8 << 20) + (64 << 10);

  /** A dead letter holds up to 1,000,000 bytes of the picture, and headers. */
  private static final int LARGEST_DEAD_LETTER = 2 << 20;

  /** An hour of frames outlasts most stops; what expires before it is read gets no label. */
  private static final Duration KEEP_FRAMES = Duration.ofHours(1);

  /** Retention drops whole segments: small ones, or little would ever be dropped. */
  private static final int FRAME_SEGMENT = 32 << 20;

  /** Ten decisions a second of each subtask, which nobody wants for long. */
  private static final Duration KEEP_STATUS = Duration.ofDays(1);

  private static final int ANSWER_SECONDS = 5;

  /** A broker that is there has answered by then. */
  private static final int SOON_SECONDS = 2;

  /** Topics that somebody is making are there after 10 s. */
  private static final int TOPIC_PAUSES = 40;

  private static final long TOPIC_PAUSE_MILLIS = 250;

  private final KafkaPlace place;
  private final Admin admin;

  /**
   * Connects.
   *
   * @throws IllegalStateException when the brokers' names or the client's settings make no sense
   */
  public KafkaReadiness(KafkaPlace place) {
    this.place = place;
    try {
      Properties settings = place.client();
      settings.setProperty("client.id", place.groupId() + "-start");
      settings.setProperty("reconnect.backoff.max.ms", "1000");
      // A broker that is not there shows in the loop below, not once a second in the log.
      settings.setProperty("default.api.timeout.ms", Integer.toString(ANSWER_SECONDS * 1000));
      settings.setProperty("request.timeout.ms", Integer.toString(ANSWER_SECONDS * 1000 / 2));
      admin = Admin.create(settings);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(
          "brokers must be reachable names, but were '%s': %s"
              .formatted(place.brokers(), cause.getMessage()),
          e);
    }
  }

  /** Waits until a broker answers, however long it takes, and says once that it waits. */
  public void awaitBrokers(Consumer<String> say) throws InterruptedException {
    boolean waiting = false;
    while (!answers(waiting ? ANSWER_SECONDS : SOON_SECONDS)) {
      if (!waiting) {
        say.accept("waiting for a Kafka broker at " + place.brokers());
        waiting = true;
      }
    }
    if (waiting) {
      say.accept("Kafka answers at " + place.brokers());
    }
  }

  private boolean answers(int seconds) throws InterruptedException {
    try {
      var unused = admin.describeCluster().nodes().get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException) {
        return false;
      }
      throw failed("answer", e.getCause());
    }
  }

  /** Which of the topics are not there. */
  public List<String> missingTopics() throws InterruptedException {
    Set<String> there = answer("list its topics", admin.listTopics().names());
    List<String> missing = new ArrayList<>(place.topics().all());
    missing.removeAll(there);
    return missing;
  }

  /**
   * Which of the topics are still not there after a while: whoever started the broker may be about
   * to make them. Says once that it waits.
   */
  public List<String> awaitTopics(Consumer<String> say) throws InterruptedException {
    return await(this::missingTopics, TOPIC_PAUSES, TOPIC_PAUSE_MILLIS, say);
  }

  /** A look at what is missing. */
  interface Missing {
    List<String> topics() throws InterruptedException;
  }

  static List<String> await(Missing missing, int pauses, long pauseMillis, Consumer<String> say)
      throws InterruptedException {
    List<String> topics = missing.topics();
    for (int pause = 0; pause < pauses && !topics.isEmpty(); pause++) {
      if (pause == 0) {
        say.accept("waiting for " + String.join(", ", topics));
      }
      Thread.sleep(pauseMillis);
      topics = missing.topics();
    }
    return topics;
  }

  /**
   * Makes topics, with as many copies as the brokers make by default. Frames are kept for an hour,
   * status for a day, results for as long as the brokers keep anything.
   */
  public void create(List<String> names, int framePartitions) throws InterruptedException {
    List<NewTopic> topics = names.stream().map(name -> topic(name, framePartitions)).toList();
    for (KafkaFuture<Void> made : admin.createTopics(topics).values().values()) {
      try {
        made.get(ANSWER_SECONDS * 2, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        // Two jobs may start at once.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw failed("make a topic", e.getCause());
        }
      } catch (TimeoutException e) {
        throw failed("make a topic", e);
      }
    }
  }

  private NewTopic topic(String name, int framePartitions) {
    Topics topics = place.topics();
    boolean frames = name.equals(topics.frames());
    boolean compacted = name.equals(topics.control()) || name.equals(topics.cameras());
    Optional<Integer> partitions =
        frames ? Optional.of(framePartitions) : compacted ? Optional.of(1) : Optional.empty();
    Map<String, String> settings = new HashMap<>();
    if (frames) {
      settings.put("max.message.bytes", Integer.toString(LARGEST_FRAME));
      settings.put("retention.ms", Long.toString(KEEP_FRAMES.toMillis()));
      settings.put("segment.bytes", Integer.toString(FRAME_SEGMENT));
    } else if (compacted) {
      settings.put("cleanup.policy", "compact");
    } else if (name.equals(topics.deadLetters())) {
      settings.put("max.message.bytes", Integer.toString(LARGEST_DEAD_LETTER));
    } else if (name.equals(topics.status())) {
      settings.put("retention.ms", Long.toString(KEEP_STATUS.toMillis()));
    }
    return new NewTopic(name, partitions, Optional.empty()).configs(settings);
  }

  /**
   * Checks that the brokers allow transactions of this length, and says so when they do not tell
   * what they allow: they will refuse by themselves.
   *
   * @throws IllegalStateException when they do not allow it
   */
  public void checkTransactionTimeout(long timeoutMillis, Consumer<String> say)
      throws InterruptedException {
    OptionalLong limit = limit(this::brokerSettings);
    if (limit.isEmpty()) {
      say.accept(
          "%s of the brokers at %s is unknown; transactions of %d ms are not checked against it"
              .formatted(TRANSACTION_LIMIT, place.brokers(), timeoutMillis));
    } else if (timeoutMillis > limit.getAsLong()) {
      throw new IllegalStateException(
          "transaction timeout must be at most the broker's %s of %d ms, but was %d ms"
              .formatted(TRANSACTION_LIMIT, limit.getAsLong(), timeoutMillis));
    }
  }

  /** Settings that a broker may refuse to tell. */
  interface Asking {
    Config settings() throws InterruptedException;
  }

  /** The longest transaction; empty when the broker does not tell, or not to us. */
  static OptionalLong limit(Asking broker) throws InterruptedException {
    try {
      ConfigEntry entry = broker.settings().get(TRANSACTION_LIMIT);
      return entry == null || entry.value() == null
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(entry.value()));
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  private Config brokerSettings() throws InterruptedException {
    Node node = answer("name its nodes", admin.describeCluster().nodes()).iterator().next();
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
    return answer("tell its settings", admin.describeConfigs(List.of(broker)).values().get(broker));
  }

  private <T> T answer(String what, @Nullable KafkaFuture<T> asked) throws InterruptedException {
    if (asked == null) {
      throw failed(what, null);
    }
    try {
      return asked.get(ANSWER_SECONDS * 2, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failed(what, e.getCause());
    } catch (TimeoutException e) {
      throw failed(what, e);
    }
  }

  private IllegalStateException failed(String what, @Nullable Throwable cause) {
    String why = cause == null ? "no reason was given" : cause.getMessage();
    return new IllegalStateException(
        "Kafka at %s could not %s: %s".formatted(place.brokers(), what, why), cause);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
