package io.saccade.cli;

import io.saccade.console.control.ControlDesk;
import io.saccade.console.control.ModelDesk;
import io.saccade.wire.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where a job's topics are, and as whom they are read. */
final class KafkaPlace {
  @Spec(Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--brokers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers.",
      showDefaultValue = Visibility.ALWAYS)
  private String brokers = "127.0.0.1:19092";

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "What topics start with.",
      showDefaultValue = Visibility.ALWAYS)
  private String topicPrefix = "saccade";

  @Option(
      names = "--kafka-properties",
      paramLabel = "FILE",
      description = "More settings of Kafka's clients, such as TLS and SASL.")
  private @Nullable Path properties;

  String brokers() {
    return brokers;
  }

  Topics topics() {
    return Topics.withPrefix(topicPrefix);
  }

  /** What clients need to reach the brokers; a file that cannot be read is wrong usage. */
  Map<String, Object> clients() {
    try {
      Map<String, Object> clients = KafkaProperties.read(properties);
      if (clients.put("bootstrap.servers", brokers) != null) {
        throw new IllegalArgumentException(
            "bootstrap.servers must be given by --brokers, but stands in " + properties);
      }
      return clients;
    } catch (IllegalArgumentException e) {
      throw Complaint.of(command, e.getMessage());
    }
  }

  ModelDesk modelDesk() {
    return new ModelDesk(clients(), topics());
  }

  ControlDesk desk() {
    return new ControlDesk(clients(), topics());
  }
}
