package io.saccade.camera.kafka;

import io.saccade.camera.CameraCounts;
import io.saccade.camera.CameraRoll;
import io.saccade.camera.Clock;
import io.saccade.camera.FrameSink;
import io.saccade.camera.Sequence;
import io.saccade.wire.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A camera process's connection with Kafka: enrol the cameras, {@link #open}, {@link #begin}, then
 * take numbers and send frames.
 */
public final class Uplink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
  private static final long UNHEARD_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final Duration CLOSE = Duration.ofMillis(500);

  private final Producer<byte[], byte[]> producer;
  private final CameraLedger ledger = new CameraLedger();
  private final LedgerReader reader;
  private final CameraRoll roll;
  private final Clock clock;
  private final FrameOutbox frames;
  private final StatusWriter states;
  private volatile boolean begun;
  private volatile @Nullable String dead;

  private Uplink(Map<String, ?> properties, Topics topics, CameraRoll roll, Clock clock) {
    producer = FrameProducer.open(properties);
    this.roll = roll;
    this.clock = clock;
    reader = new LedgerReader(properties, topics.cameras());
    frames = new FrameOutbox(producer, false, topics.frames(), ledger::reserved);
    states = new StatusWriter(producer, topics.cameras(), roll, ledger, clock);
    frames.whenItDies(this::died);
    states.whenItDies(this::died);
  }

  private void died(Thread thread, Throwable problem) {
    LOG.error("{} has stopped for good", thread.getName(), problem);
    dead = thread.getName() + " has stopped for good: " + problem.getClass().getSimpleName();
  }

  /**
   * Opens it without waiting for a broker.
   *
   * @param properties what clients need to reach the brokers ({@code bootstrap.servers}, security)
   * @throws IllegalStateException when the properties make no sense
   */
  public static Uplink open(Map<String, ?> properties, Topics topics, CameraRoll roll) {
    return new Uplink(properties, topics, roll, Clock.SYSTEM);
  }

  /**
   * Waits for a broker, however long it takes, learns the sequence numbers from it, and reports the
   * enrolled cameras' states from then on.
   *
   * @throws IllegalStateException when the brokers refuse
   */
  public void begin() throws InterruptedException {
    learn(roll.all().stream().map(CameraCounts::camera).toList());
    states.start();
    begun = true;
  }

  /**
   * Reads again where the numbers of these cameras go on; before each camera is started that this
   * process did not read until now, as another may have. Waits for a broker like {@link #begin}.
   */
  public void learn(Collection<String> cameras) throws InterruptedException {
    reader.into(ledger);
    ledger.takeOver(cameras, clock.epochMillis());
  }

  /** The camera's numbers, the same as long as the process lives; known after {@link #learn}. */
  public Sequence sequence(String camera) {
    return ledger.sequence(camera);
  }

  /** Where frames go. */
  public FrameSink frames() {
    return frames;
  }

  /** What cannot be mended but by a new process; empty as long as frames and states are sent. */
  public Optional<String> dead() {
    return Optional.ofNullable(dead);
  }

  /** Why the brokers cannot be counted on; empty when they answer. */
  public Optional<String> trouble() {
    Long unheard = states.unheardNanos();
    if (!begun || unheard == null) {
      return Optional.of("no broker has answered yet");
    }
    if (unheard > UNHEARD_NANOS) {
      return Optional.of(
          "no broker has answered for %d s".formatted(TimeUnit.NANOSECONDS.toSeconds(unheard)));
    }
    long lost = frames.nothingTakenNanos();
    return lost > UNHEARD_NANOS
        ? Optional.of(
            "no frame has been taken for %d s".formatted(TimeUnit.NANOSECONDS.toSeconds(lost)))
        : Optional.empty();
  }

  /** Sends what is under way, and how the cameras ended, within a second and a half. */
  @Override
  public void close() {
    frames.close();
    states.close();
    producer.close(CLOSE);
  }
}
