package io.saccade.console.control;

import io.saccade.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes to the control topic.
 *
 * @param properties what clients need to reach the brokers
 */
record ControlWriter(Map<String, ?> properties, Topics topics) {

  /**
   * Writes one record and waits until the brokers have it.
   *
   * @param what it is, in words
   */
  void write(String what, String key, byte[] value) throws InterruptedException {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("acks", "all");
    // Twice the same record is no harm; and who may not write is told the topic, not "cluster".
    all.put("enable.idempotence", false);
    all.put("max.block.ms", TopicReader.ANSWER.toMillis());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(topics.control(), key.getBytes(StandardCharsets.UTF_8), value))
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "%s could not be written to %s: %s".formatted(what, topics.control(), e.getCause()), e);
    }
  }
}
