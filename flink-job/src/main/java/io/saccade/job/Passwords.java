package io.saccade.job;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SaslConfigs;

/** Looks for passwords among the settings of Kafka's clients. */
final class Passwords {
  private static final String REFERENCE = "${";

  /** Those that Kafka itself never shows. */
  private static final Map<String, ConfigDef.ConfigKey> KNOWN =
      ConsumerConfig.configDef().configKeys();

  /** An option such as {@code password="..."} or {@code clientSecret='...'}, and its value. */
  private static final Pattern OPTION =
      Pattern.compile("(?i)(?:password|secret)\\w*\\s*=\\s*(\"[^\"]*|'[^']*|[^\\s;]*)");

  private Passwords() {}

  /**
   * The settings that are passwords themselves rather than references that Kafka's client resolves
   * where it runs ({@code ${file:PATH:KEY}}); empty when there are none.
   */
  static Optional<String> writtenOut(Map<String, String> settings) {
    String names =
        new TreeMap<>(settings)
            .entrySet().stream()
                .filter(setting -> writtenOut(setting.getKey(), setting.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    return names.isEmpty() ? Optional.empty() : Optional.of(names);
  }

  private static boolean writtenOut(String name, String value) {
    if (name.endsWith(SaslConfigs.SASL_JAAS_CONFIG)) {
      // A reference elsewhere in it, as for the user's name, hides no password.
      return OPTION.matcher(value).results().anyMatch(it -> !it.group(1).contains(REFERENCE));
    }
    return secret(name) && !value.contains(REFERENCE);
  }

  private static boolean secret(String name) {
    ConfigDef.ConfigKey known = KNOWN.get(name);
    return name.endsWith(".password") || (known != null && known.type() == ConfigDef.Type.PASSWORD);
  }
}
