package io.saccade.checks.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** The rights that Strimzi's user operator would give, from {@code kafka-users.yaml}. */
final class KafkaUsers {
  private static final Path FILE = Path.of("../kubernetes/kafka-users.yaml");

  private KafkaUsers() {}

  static Set<String> rights() throws IOException {
    Set<String> rights = new TreeSet<>();
    try (MappingIterator<JsonNode> users =
        new YAMLMapper().readerFor(JsonNode.class).readValues(FILE.toFile())) {
      while (users.hasNext()) {
        JsonNode user = users.next();
        String name = user.path("metadata").path("name").asText();
        for (JsonNode acl : user.path("spec").path("authorization").path("acls")) {
          acl.path("operations")
              .forEach(
                  operation -> rights.add(right(name, operation.asText(), acl.path("resource"))));
        }
      }
    }
    return rights;
  }

  private static String right(String user, String operation, JsonNode resource) {
    boolean prefix = resource.path("patternType").asText().equals("prefix");
    return "User:%s may %s %s %s %s"
        .formatted(
            user,
            AclOperation.valueOf(underscored(operation)),
            ResourceType.valueOf(underscored(resource.path("type").asText())),
            prefix ? PatternType.PREFIXED : PatternType.LITERAL,
            resource.path("name").asText());
  }

  /** {@code DescribeConfigs} as {@code DESCRIBE_CONFIGS}. */
  private static String underscored(String camel) {
    return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
