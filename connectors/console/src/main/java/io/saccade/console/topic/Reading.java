package io.saccade.console.topic;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** A thread of its own that reads until it is closed, with another consumer when one has failed. */
final class Reading implements AutoCloseable {
  private static final long LONGEST_STOP_MILLIS = 3_000;

  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

  /**
   * Not yet {@linkplain #start started}.
   *
   * @param name of the thread
   * @param consumers makes a consumer
   * @param reader reads with it for as long as this is open
   * @param failed told why that has ended; may {@link #pause} before it is tried again
   */
  Reading(
      String name,
      Supplier<KafkaConsumer<byte[], byte[]>> consumers,
      Consumer<KafkaConsumer<byte[], byte[]>> reader,
      Consumer<KafkaException> failed) {
    this.thread = new Thread(() -> run(consumers, reader, failed), name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run(
      Supplier<KafkaConsumer<byte[], byte[]>> consumers,
      Consumer<KafkaConsumer<byte[], byte[]>> reader,
      Consumer<KafkaException> failed) {
    while (isOpen()) {
      try (KafkaConsumer<byte[], byte[]> fresh = consumers.get()) {
        consumer = fresh;
        reader.accept(fresh);
      } catch (WakeupException | InterruptException e) {
        return;
      } catch (KafkaException e) {
        failed.accept(e);
      }
    }
  }

  boolean isOpen() {
    return closed.getCount() > 0;
  }

  /** Waits so long, or until it is closed. */
  void pause(long millis) {
    try {
      closed.await(Math.max(1, millis), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed.countDown();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    KafkaConsumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    try {
      thread.join(LONGEST_STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
