package io.saccade.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The schemas of the operators' resources, by version and kind, from their own definitions. */
final class CustomSchemas {
  private static final Path DEFINITIONS = Path.of("src/test/resources/crds");
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

  private final Map<String, JsonSchema> schemas = new TreeMap<>();

  CustomSchemas() throws IOException {
    try (Stream<Path> files = Files.list(DEFINITIONS)) {
      for (Path file : files.toList()) {
        for (JsonNode definition : Manifest.read(file)) {
          add(definition.path("spec"));
        }
      }
    }
  }

  private void add(JsonNode definition) {
    for (JsonNode version : definition.path("versions")) {
      ObjectNode schema = version.path("schema").path("openAPIV3Schema").deepCopy();
      ObjectNode properties = schema.withObjectProperty("properties");
      // What every resource has.
      for (String common : Set.of("apiVersion", "kind", "metadata")) {
        properties.putObject(common);
      }
      strict(schema);
      String name =
          "%s/%s %s"
              .formatted(
                  definition.path("group").asText(),
                  version.path("name").asText(),
                  definition.path("names").path("kind").asText());
      schemas.put(name, FACTORY.getSchema(schema));
    }
  }

  /** An API server drops fields that it does not know; here they are mistakes. */
  private static void strict(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")
        && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      object.put("additionalProperties", false);
    }
    schema.forEach(CustomSchemas::strict);
  }

  boolean know(Manifest manifest) {
    return schemas.containsKey(manifest.apiVersion() + " " + manifest.kind());
  }

  /** What is wrong with a resource. */
  Set<String> complaints(Manifest manifest) {
    JsonSchema schema = schemas.get(manifest.apiVersion() + " " + manifest.kind());
    if (schema == null) {
      throw new IllegalStateException("there must be a schema of " + manifest);
    }
    return schema.validate(manifest.content()).stream()
        .map(ValidationMessage::getMessage)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
