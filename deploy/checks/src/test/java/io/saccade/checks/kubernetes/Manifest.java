package io.saccade.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One resource of a manifest.
 *
 * @param file it stands in
 * @param content the whole of it
 */
record Manifest(String file, JsonNode content) {
  static final Path FOLDER = Path.of("../kubernetes").toAbsolutePath().normalize();
  private static final YAMLMapper YAML = new YAMLMapper();

  /** All resources of {@code deploy/kubernetes}; kustomize's own file is none. */
  static List<Manifest> all() throws IOException {
    List<Manifest> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".yaml") && !name.equals("kustomization.yaml")) {
          read(file).forEach(content -> all.add(new Manifest(name, content)));
        }
      }
    }
    return all;
  }

  static List<JsonNode> read(Path file) throws IOException {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
      return documents.readAll();
    }
  }

  static Manifest named(String kind, String name) throws IOException {
    return all().stream()
        .filter(it -> it.kind().equals(kind) && it.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there must be a " + kind + " " + name));
  }

  String kind() {
    return content.path("kind").asText();
  }

  String apiVersion() {
    return content.path("apiVersion").asText();
  }

  String name() {
    return content.path("metadata").path("name").asText();
  }

  JsonNode spec() {
    return content.path("spec");
  }

  /** The template of its pods; missing where it makes none. */
  JsonNode pod() {
    return spec().has("podTemplate") ? spec().path("podTemplate") : spec().path("template");
  }

  /** All containers of its pods, those that run first included. */
  List<JsonNode> containers() {
    List<JsonNode> containers = new ArrayList<>();
    pod().path("spec").path("initContainers").forEach(containers::add);
    pod().path("spec").path("containers").forEach(containers::add);
    return containers;
  }

  @Override
  public String toString() {
    return "%s %s in %s".formatted(kind(), name(), file);
  }
}
