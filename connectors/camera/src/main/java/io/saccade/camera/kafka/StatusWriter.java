package io.saccade.camera.kafka;

import io.saccade.camera.CameraCounts;
import io.saccade.camera.CameraRoll;
import io.saccade.camera.CameraState;
import io.saccade.camera.Clock;
import io.saccade.camera.Counts;
import io.saccade.camera.Sequence;
import io.saccade.wire.CameraStatus;
import io.saccade.wire.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes how each camera is: when that changes, every two seconds, and when its reserved sequence
 * numbers run short. Each record reserves numbers ahead; the last one of a camera gives back those
 * that were not used. A camera that is disabled here may be read by another process: that it is
 * disabled is said once, and not again and again with numbers that grow old.
 */
final class StatusWriter implements AutoCloseable {
  /** Numbers reserved ahead: the frames of half a minute at 30 a second. */
  static final long AHEAD = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(CameraStatus.EVERY_MILLIS);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long STOP_MILLIS = 200;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final CameraRoll roll;
  private final CameraLedger ledger;
  private final Clock clock;
  private final Thread writer = new Thread(this::work, "camera-status");
  private final Map<String, Written> written = new HashMap<>();

  /** By camera whose state is said again and again, since when no broker has taken it. */
  private final Map<String, Long> unanswered = new ConcurrentHashMap<>();

  private volatile long acknowledgedNanos;
  private volatile boolean acknowledged;
  private volatile boolean refused;

  /** What the newest record of a camera said. */
  private record Written(CameraCounts counts, long changes, long atNanos, long reserves) {}

  StatusWriter(
      Producer<byte[], byte[]> producer,
      String topic,
      CameraRoll roll,
      CameraLedger ledger,
      Clock clock) {
    this.producer = producer;
    this.topic = topic;
    this.roll = roll;
    this.ledger = ledger;
    this.clock = clock;
    writer.setDaemon(true);
  }

  void start() {
    writer.start();
  }

  /** Has this called when the writing ends by a fault. */
  void whenItDies(Thread.UncaughtExceptionHandler told) {
    writer.setUncaughtExceptionHandler(told);
  }

  /**
   * How long states have been sent and none taken; 0 also when none is to be sent, null when none
   * was ever taken.
   */
  @Nullable Long unheardNanos() {
    if (unanswered.isEmpty()) {
      return 0L;
    }
    if (!acknowledged) {
      return null;
    }
    long now = clock.nanos();
    long waiting = unanswered.values().stream().mapToLong(since -> now - since).max().orElse(0);
    return Math.min(waiting, now - acknowledgedNanos);
  }

  private void work() {
    try {
      while (true) {
        look();
        clock.sleepUntil(clock.nanos() + LOOK_NANOS);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /** Writes what is due. */
  void look() {
    List<CameraCounts> cameras = roll.all();
    for (CameraCounts camera : cameras) {
      if (due(camera)) {
        write(camera, camera.condition());
      }
    }
    List.copyOf(written.values()).stream()
        .map(Written::counts)
        .filter(camera -> !cameras.contains(camera))
        .forEach(this::writeLast);
  }

  private boolean due(CameraCounts camera) {
    Written last = written.get(camera.camera());
    Sequence sequence = ledger.sequence(camera.camera());
    return last == null
        || last.changes != camera.condition().changes()
        || (camera.condition().state() != CameraState.DISABLED
            && clock.nanos() - last.atNanos >= EVERY_NANOS)
        || (camera.condition().state().wanted() && sequence.next() > last.reserves - AHEAD / 2);
  }

  private void write(CameraCounts camera, CameraCounts.Condition condition) {
    long next = ledger.sequence(camera.camera()).next();
    long reserves = condition.state().wanted() ? next + AHEAD : next;
    written.put(camera.camera(), new Written(camera, condition.changes(), clock.nanos(), reserves));
    if (condition.state() == CameraState.DISABLED) {
      // It is not said again, whatever becomes of it.
      unanswered.remove(camera.camera());
    } else {
      unanswered.putIfAbsent(camera.camera(), clock.nanos());
    }
    send(camera, condition, reserves);
  }

  /** The numbers that were reserved for nothing are free again. */
  private void writeLast(CameraCounts camera) {
    written.remove(camera.camera());
    unanswered.remove(camera.camera());
    CameraCounts.Condition last = camera.condition();
    if (last.state() == CameraState.DISABLED) {
      // Another process may read it, and knows its numbers better.
      return;
    }
    CameraCounts.Condition stopped =
        last.state().wanted()
            ? new CameraCounts.Condition(
                CameraState.STOPPED, null, clock.epochMillis(), last.changes() + 1)
            : last;
    send(camera, stopped, ledger.sequence(camera.camera()).next());
  }

  private void send(CameraCounts camera, CameraCounts.Condition condition, long reserves) {
    String id = camera.camera();
    try {
      byte[] status = JsonCodec.CAMERA_STATUS.encode(status(camera, condition, reserves));
      byte[] key = id.getBytes(StandardCharsets.UTF_8);
      var unused =
          producer.send(
              new ProducerRecord<>(topic, key, status),
              (metadata, problem) -> {
                if (problem == null) {
                  ledger.sequence(id).reserve(reserves);
                  unanswered.remove(id);
                  acknowledgedNanos = clock.nanos();
                  acknowledged = true;
                  refused = false;
                } else {
                  notWritten(id, problem);
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      notWritten(id, e);
    } catch (RuntimeException e) {
      // A fault of ours, but no reason to leave the other cameras without numbers.
      LOG.error("The state of {} cannot be written", id, e);
    }
  }

  /** That a broker is away others say; a refusal will not pass by itself. */
  private void notWritten(String id, Exception problem) {
    if (problem instanceof AuthorizationException && !refused) {
      refused = true;
      LOG.warn(
          "{} may not be written, and without it no frame is sent: {}",
          topic,
          problem.getMessage());
    } else {
      LOG.debug("The state of {} was not written: {}", id, problem.toString());
    }
  }

  private CameraStatus status(CameraCounts camera, CameraCounts.Condition condition, long next) {
    Counts frames = camera.frames();
    return new CameraStatus(
        CameraStatus.SCHEMA,
        camera.camera(),
        condition.state().word(),
        condition.reason(),
        clock.epochMillis(),
        condition.sinceMillis(),
        camera.newestFrameMillis(),
        next,
        frames.sent(),
        frames.dropped().values().stream().mapToLong(Long::longValue).sum(),
        camera.reconnects());
  }

  /** Writes a last record of each camera; call it when no camera sends any more. */
  @Override
  public void close() {
    writer.interrupt();
    try {
      writer.join(STOP_MILLIS);
      List.copyOf(written.values()).stream().map(Written::counts).forEach(this::writeLast);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
