package io.saccade.job.kafka;

import io.saccade.wire.DeadLetter;
import io.saccade.wire.Event;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/**
 * Labels, events, dead letters and status to Kafka.
 *
 * @param place where the topics are
 * @param guarantee of labels, events and dead letters; status is always at-least-once, so that it
 *     is seen at once
 * @param transactionTimeoutMillis after this time the broker gives up an abandoned transaction
 */
public record KafkaSinks(
    KafkaPlace place, DeliveryGuarantee guarantee, long transactionTimeoutMillis) {

  public KafkaSink<Label> labels() {
    return sink(
        "labels",
        guarantee,
        place.topics().labels(),
        new JsonRecords<>(
            place.topics().labels(), Label::camera, label -> JsonCodec.LABEL.encode(label)));
  }

  public KafkaSink<Event> events() {
    return sink(
        "events",
        guarantee,
        place.topics().events(),
        new JsonRecords<>(
            place.topics().events(), Event::camera, event -> JsonCodec.EVENT.encode(event)));
  }

  public KafkaSink<DeadLetter> deadLetters() {
    return sink(
        "dead-letters",
        guarantee,
        place.topics().deadLetters(),
        new DeadLetterRecords(place.topics().deadLetters()));
  }

  public KafkaSink<Status> status() {
    return sink(
        "status",
        DeliveryGuarantee.AT_LEAST_ONCE,
        place.topics().status(),
        new StatusRecords(place.topics().status()));
  }

  // Lambdas above, not method references: a codec is no part of a serialised sink.
  private <T> KafkaSink<T> sink(
      String name,
      DeliveryGuarantee guarantee,
      String topic,
      KafkaRecordSerializationSchema<T> records) {
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(producer(name))
        .setBootstrapServers(place.brokers())
        .setRecordSerializer(records)
        .setDeliveryGuarantee(guarantee)
        .setTransactionalIdPrefix(transactionalId(topic))
        .build();
  }

  /** Of its own for each topic: of two jobs with the same id the younger would fence the older. */
  String transactionalId(String topic) {
    return place.groupId() + "/" + topic;
  }

  private Properties producer(String name) {
    Properties properties = new Properties();
    properties.setProperty("client.id", place.groupId() + "-" + name);
    properties.setProperty("acks", "all");
    properties.setProperty("enable.idempotence", "true");
    // A few records per request, and no one waits longer for it.
    properties.setProperty("linger.ms", "5");
    properties.setProperty("batch.size", Integer.toString(64 << 10));
    properties.setProperty("buffer.memory", Integer.toString(16 << 20));
    // A dead letter holds up to 1,000,000 bytes of the picture, and headers.
    properties.setProperty("max.request.size", Integer.toString(2 << 20));
    properties.setProperty("reconnect.backoff.max.ms", "500");
    properties.setProperty("transaction.timeout.ms", Long.toString(transactionTimeoutMillis));
    properties.putAll(place.client());
    return properties;
  }
}
