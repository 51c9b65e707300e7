package io.saccade.job.kafka;

import io.saccade.wire.Topics;
import java.util.Map;
import java.util.Properties;

/**
 * Where the topics are, and as whom they are read.
 *
 * @param brokers {@code host:port,host:port}
 * @param topics their names
 * @param groupId consumer group, and beginning of transactional ids
 * @param clientProperties further settings of all clients
 */
public record KafkaPlace(
    String brokers, Topics topics, String groupId, Map<String, String> clientProperties) {

  /** What every client needs. */
  Properties client() {
    Properties properties = new Properties();
    properties.putAll(clientProperties);
    properties.setProperty("bootstrap.servers", brokers);
    return properties;
  }
}
