package io.saccade.job;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** Looks for passwords among the settings of Kafka's clients. */
final class Passwords {
  private Passwords() {}

  /**
   * The settings that are passwords themselves rather than references that Kafka's client resolves
   * where it runs ({@code ${file:PATH:KEY}}); empty when there are none.
   */
  static Optional<String> writtenOut(Map<String, String> settings) {
    String names =
        new TreeMap<>(settings)
            .entrySet().stream()
                .filter(setting -> secret(setting.getKey()) && !setting.getValue().contains("${"))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    return names.isEmpty() ? Optional.empty() : Optional.of(names);
  }

  private static boolean secret(String name) {
    return name.endsWith(".password")
        || name.equals(SaslConfigs.SASL_JAAS_CONFIG)
        || name.equals(SslConfigs.SSL_KEYSTORE_KEY_CONFIG);
  }
}
