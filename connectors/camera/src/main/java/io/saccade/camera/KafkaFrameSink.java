package io.saccade.camera;

import io.saccade.wire.Frames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames to a Kafka topic: the key is the camera, the value the image, the timestamp the capture
 * time, the rest headers. Never waits: while no broker answers, frames are kept for some seconds at
 * most and within bounded memory, then dropped.
 */
public final class KafkaFrameSink implements FrameSink {
  /** The producer's settings unless overridden. */
  public static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "saccade-cameras"),
          Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
          Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
          // JPEG does not get smaller.
          Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none"),
          Map.entry(ProducerConfig.LINGER_MS_CONFIG, 5),
          Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024),
          Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L * 1024 * 1024),
          Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * 1024 * 1024),
          // The cameras' thread must not wait, neither for memory nor for a broker.
          Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0),
          // A picture of six seconds ago is no longer live.
          Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3000),
          Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 6000),
          // Back soon after the broker is.
          Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500));

  private static final Logger LOG = LoggerFactory.getLogger(KafkaFrameSink.class);
  private static final Duration CLOSE = Duration.ofMillis(400);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final AtomicBoolean losing = new AtomicBoolean();

  /**
   * A sink with its own producer.
   *
   * @param properties what the producer needs to reach the brokers ({@code bootstrap.servers},
   *     security); overrides the settings of {@link #DEFAULTS}
   */
  public KafkaFrameSink(Map<String, ?> properties, String topic) {
    this(producer(properties), topic);
    askWhereTheTopicIs();
  }

  KafkaFrameSink(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  private static Producer<byte[], byte[]> producer(Map<String, ?> properties) {
    Map<String, Object> settings = new HashMap<>(DEFAULTS);
    settings.putAll(properties);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** So that the first frame need not wait for the answer, which it would not live to see. */
  private void askWhereTheTopicIs() {
    try {
      producer.partitionsFor(topic);
    } catch (KafkaException e) {
      LOG.debug("{} is not known yet: {}", topic, e.toString());
    }
  }

  @Override
  public void send(CapturedFrame frame, Receipt receipt) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            null,
            frame.capturedMillis(),
            frame.camera().getBytes(StandardCharsets.UTF_8),
            frame.image());
    Frames.headers(frame.sequence(), frame.contentType()).forEach(record.headers()::add);
    try {
      // What goes wrong at once mostly comes back through the callback too, not as an exception.
      var unused = producer.send(record, (metadata, problem) -> settle(receipt, problem));
    } catch (KafkaException | IllegalStateException e) {
      settle(receipt, e);
    }
  }

  private void settle(Receipt receipt, @Nullable Exception problem) {
    if (problem == null) {
      if (losing.compareAndSet(true, false)) {
        LOG.info("Frames reach {} again", topic);
      }
      receipt.acknowledged();
    } else {
      lost(problem);
      receipt.dropped(problem instanceof BufferExhaustedException ? Drop.NO_ROOM : Drop.NOT_TAKEN);
    }
  }

  private void lost(Exception why) {
    if (losing.compareAndSet(false, true)) {
      LOG.warn("Frames to {} are being dropped: {}", topic, why.toString());
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
