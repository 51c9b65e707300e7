package io.saccade.camera.kafka;

import io.saccade.camera.CapturedFrame;
import io.saccade.camera.Drop;
import io.saccade.camera.FrameSink;
import io.saccade.wire.Frames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Frames to a Kafka topic: the key is the camera, the value the image, the timestamp the capture
 * time, the rest headers. Who sends never waits. Only a little is handed to the producer at a time:
 * while no broker answers, frames grow old in their camera's {@link Backlog} and are dropped, and
 * once one is back, what goes out is what the cameras show then.
 */
public final class FrameOutbox implements FrameSink {
  /** A frame that waited for longer is no longer live. */
  static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Handed to the producer and not yet acknowledged, together; a single frame may be larger. */
  static final long MAX_BYTES_OUT = 8L << 20;

  static final int MAX_FRAMES_OUT = 256;

  /**
   * Frames that come so soon after each other go together: a request costs Kafka's client more CPU
   * than a picture does.
   */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private final Producer<byte[], byte[]> producer;
  private final boolean ownsProducer;
  private final String topic;
  private final ToLongFunction<String> reserved;
  private final Losses losses;
  private final Thread sender = new Thread(this::work, "frame-outbox");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition ending = lock.newCondition();
  private final Backlogs backlogs = new Backlogs();
  private int framesOut;
  private long bytesOut;
  private boolean closing;
  private long closeNanos;

  /** What is to be done next: frames to drop, and one to send if any may go. */
  private record Due(List<Backlog.Waiting> late, Backlog.@Nullable Waiting next) {}

  /**
   * An outbox with its own producer.
   *
   * @param properties what the producer needs to reach the brokers ({@code bootstrap.servers},
   *     security); overrides the settings of {@link FrameProducer#DEFAULTS}
   */
  public FrameOutbox(Map<String, ?> properties, String topic) {
    this(FrameProducer.open(properties), true, topic, camera -> Long.MAX_VALUE);
  }

  /**
   * An outbox.
   *
   * @param ownsProducer whether the producer is closed with it
   * @param reserved by camera, the sequence number below which frames may be sent
   */
  FrameOutbox(
      Producer<byte[], byte[]> producer,
      boolean ownsProducer,
      String topic,
      ToLongFunction<String> reserved) {
    this.producer = producer;
    this.ownsProducer = ownsProducer;
    this.topic = topic;
    this.reserved = reserved;
    this.losses = new Losses(topic, System::nanoTime);
    sender.setDaemon(true);
    sender.start();
  }

  @Override
  public void send(CapturedFrame frame, Receipt receipt) {
    Backlog.Waiting waiting = new Backlog.Waiting(frame, receipt, System.nanoTime());
    List<Backlog.Waiting> displaced = null;
    lock.lock();
    try {
      if (!closing) {
        displaced = backlogs.add(waiting);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (displaced == null) {
      receipt.dropped(Drop.NOT_TAKEN);
    } else {
      drop(displaced, Drop.DISPLACED);
    }
  }

  private void work() {
    for (Due due = awaitDue(); due != null; due = awaitDue()) {
      drop(due.late, Drop.LATE);
      if (due.next != null) {
        hand(due.next);
      }
    }
  }

  /** Waits for a frame that is to be sent or has become too old; null when closed and done. */
  private @Nullable Due awaitDue() {
    lock.lock();
    try {
      while (true) {
        List<Backlog.Waiting> late = backlogs.takeBefore(System.nanoTime() - MAX_WAIT_NANOS);
        Backlog.Waiting next = backlogs.take(this::mayGo);
        if (next != null) {
          framesOut++;
          bytesOut += next.length();
        }
        if (next != null || !late.isEmpty()) {
          return new Due(late, next);
        }
        if (closing && (backlogs.isEmpty() || System.nanoTime() - closeNanos > 0)) {
          return null;
        }
        // Whether a frame has become too old, or its number reserved, nobody tells.
        var unused = changed.awaitNanos(backlogs.isEmpty() ? MAX_WAIT_NANOS : MOMENT_NANOS);
        if (!closing && !backlogs.isEmpty()) {
          // No frame ends this.
          var unusedToo = ending.awaitNanos(GATHER_NANOS);
        }
      }
    } catch (InterruptedException e) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  private boolean mayGo(Backlog.Waiting oldest) {
    CapturedFrame frame = oldest.frame();
    return framesOut < MAX_FRAMES_OUT
        && (framesOut == 0 || bytesOut + oldest.length() <= MAX_BYTES_OUT)
        && frame.sequence() < reserved.applyAsLong(frame.camera());
  }

  private void hand(Backlog.Waiting next) {
    CapturedFrame frame = next.frame();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            null,
            frame.capturedMillis(),
            frame.camera().getBytes(StandardCharsets.UTF_8),
            frame.image());
    Frames.headers(frame.sequence(), frame.contentType(), frame.streamMillis())
        .forEach(record.headers()::add);
    try {
      // What goes wrong at once mostly comes back through the callback too, not as an exception.
      var unused = producer.send(record, (metadata, problem) -> settle(next, problem));
    } catch (KafkaException | IllegalStateException e) {
      settle(next, e);
    }
  }

  private void settle(Backlog.Waiting sent, @Nullable Exception problem) {
    lock.lock();
    try {
      framesOut--;
      bytesOut -= sent.length();
      if (closing || !backlogs.isEmpty()) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (problem == null) {
      var unused = losses.arrived(sent.frame().camera());
      sent.receipt().acknowledged();
    } else {
      var unused = losses.lost(sent.frame().camera(), problem.toString());
      sent.receipt().dropped(Drop.NOT_TAKEN);
    }
  }

  private void drop(List<Backlog.Waiting> frames, Drop why) {
    for (Backlog.Waiting dropped : frames) {
      if (why != Drop.NOT_TAKEN) {
        var unused = losses.lost(dropped.frame().camera(), "they waited too long");
      }
      dropped.receipt().dropped(why);
    }
  }

  /** Has this called when the sending ends by a fault. */
  void whenItDies(Thread.UncaughtExceptionHandler told) {
    sender.setUncaughtExceptionHandler(told);
  }

  /** How long frames have been lost and none taken; 0 while some are, or none are sent. */
  long nothingTakenNanos() {
    return losses.nothingArrivesNanos();
  }

  /** Gives what is under way 0.4 s to arrive, then lets go. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      closeNanos = System.nanoTime() + CLOSE_NANOS;
      changed.signalAll();
      ending.signalAll();
      for (long left = CLOSE_NANOS; left > 0 && !(backlogs.isEmpty() && framesOut == 0); ) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    drop(left(), Drop.NOT_TAKEN);
    if (ownsProducer) {
      producer.close(Duration.ZERO);
    }
  }

  private List<Backlog.Waiting> left() {
    lock.lock();
    try {
      List<Backlog.Waiting> left = backlogs.takeBefore(System.nanoTime() + 1);
      changed.signalAll();
      return left;
    } finally {
      lock.unlock();
    }
  }
}
