package io.saccade.cli;

import io.saccade.console.control.ControlDesk;
import io.saccade.wire.Topics;
import picocli.CommandLine.Option;

/** Where a job's topics are. */
final class KafkaPlace {
  @Option(names = "--brokers", paramLabel = "HOST:PORT", description = "Kafka brokers.")
  private String brokers = "127.0.0.1:19092";

  @Option(names = "--topic-prefix", paramLabel = "PREFIX", description = "What topics start with.")
  private String topicPrefix = "saccade";

  String brokers() {
    return brokers;
  }

  Topics topics() {
    return Topics.withPrefix(topicPrefix);
  }

  ControlDesk desk() {
    return new ControlDesk(brokers, topics());
  }
}
