package io.saccade.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.saccade.checks.Needs;
import io.saccade.checks.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whom a Prometheus in the cluster asks. Without a cluster the pods of the manifests are listed in
 * place of those that Kubernetes would tell of, and promtool itself chooses among them.
 */
@Timeout(120)
class ScrapeTest {
  private static final Path MONITORING = Path.of("../monitoring").toAbsolutePath().normalize();
  private static final Path FILE = MONITORING.resolve("prometheus-kubernetes.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POD = "__meta_kubernetes_pod_";

  @TempDir Path folder;

  @BeforeAll
  static void require() {
    new Needs("promtool", "Debian package: prometheus").require();
  }

  @Test
  void theJobsAreThoseThatAlertsAskFor() throws IOException {
    Set<String> asked = new TreeSet<>();
    Matcher job =
        Pattern.compile("job=~?\"([^\"]+)\"")
            .matcher(Files.readString(MONITORING.resolve("saccade.rules.yaml")));
    while (job.find()) {
      asked.addAll(List.of(job.group(1).split("\\|", -1)));
    }

    assertThat(asked).containsExactly("saccade-cameras", "saccade-job");
    assertThat(jobs(FILE)).isEqualTo(asked);
    assertThat(jobs(MONITORING.resolve("prometheus.yaml"))).isEqualTo(asked);
  }

  private static Set<String> jobs(Path file) throws IOException {
    Set<String> jobs = new TreeSet<>();
    for (JsonNode job : Manifest.read(file).get(0).path("scrape_configs")) {
      jobs.add(job.path("job_name").asText());
    }
    return jobs;
  }

  @Test
  void podsAreLookedForWhereTheManifestsPutThem() throws IOException {
    JsonNode wanted =
        JSON.readTree("[{\"role\": \"pod\", \"namespaces\": {\"names\": [\"saccade\"]}}]");
    for (JsonNode job : Manifest.read(FILE).get(0).path("scrape_configs")) {
      assertThat(job.path("kubernetes_sd_configs")).isEqualTo(wanted);
    }
  }

  @Test
  void promtoolFindsNothingWrong() throws Exception {
    assertThat(
            Script.run(
                Map.of(), List.of("promtool", "check", "config", withListedPods().toString())))
        .contains("SUCCESS");
  }

  @Test
  void theJobsPodsAndTheCamerasAreFoundAtTheirPortAndNobodyElse() throws Exception {
    Path file = withListedPods();

    assertThat(found(file, "saccade-job")).isEqualTo(Map.of("saccade", "9249"));
    assertThat(found(file, "saccade-cameras")).isEqualTo(Map.of("saccade-cameras", "8086"));
  }

  /** Port by instance. */
  private static Map<String, String> found(Path file, String job) throws Exception {
    String said =
        Script.run(
            Map.of(),
            List.of(
                "promtool", "check", "service-discovery", "--timeout=2s", file.toString(), job));
    Map<String, String> found = new TreeMap<>();
    int all = 0;
    for (JsonNode target : JSON.readTree(said)) {
      all++;
      JsonNode labels = target.path("labels");
      if (!labels.isEmpty()) {
        assertThat(labels.path("job").asText()).isEqualTo(job);
        String address = labels.path("__address__").asText();
        found.put(
            labels.path("instance").asText(), address.substring(address.lastIndexOf(':') + 1));
      }
    }
    assertThat(all).as("targets that were chosen among").isGreaterThan(3);
    return found;
  }

  /** The file, with a list of targets wherever it asks Kubernetes for them. */
  private Path withListedPods() throws IOException {
    ObjectNode configuration = Manifest.read(FILE).get(0).deepCopy();
    ArrayNode rules = configuration.putArray("rule_files");
    rules.add(MONITORING.resolve("saccade.rules.yaml").toString());
    for (JsonNode job : configuration.path("scrape_configs")) {
      ((ObjectNode) job).remove("kubernetes_sd_configs");
      ((ObjectNode) job).set("static_configs", pods());
    }
    // JSON is YAML.
    return Files.writeString(folder.resolve("prometheus.yaml"), configuration.toString());
  }

  /** A target for each port of each container, and each pod a second time, ended. */
  private static ArrayNode pods() throws IOException {
    ArrayNode targets = JSON.createArrayNode();
    for (Manifest it : Manifest.all()) {
      for (JsonNode container : it.containers()) {
        for (JsonNode port : container.path("ports")) {
          target(targets.addObject(), it, it.name(), container, port).put(POD + "phase", "Running");
          target(targets.addObject(), it, it.name() + "-ended", container, port)
              .put(POD + "phase", "Succeeded");
        }
      }
    }
    return targets;
  }

  /** Fills in a target as Kubernetes would tell of it; returns its labels. */
  private static ObjectNode target(
      ObjectNode target, Manifest of, String pod, JsonNode container, JsonNode port) {
    target.putArray("targets").add("10.0.0.1:" + port.path("containerPort").asInt());
    ObjectNode labels = target.putObject("labels");
    labels.put(POD + "name", pod);
    labels.put(POD + "container_name", container.path("name").asText());
    labels.put(POD + "container_port_name", port.path("name").asText());
    of.pod()
        .path("metadata")
        .path("labels")
        .properties()
        .forEach(
            label ->
                labels.put(
                    POD + "label_" + label.getKey().replaceAll("[^a-zA-Z0-9_]", "_"),
                    label.getValue().asText()));
    return labels;
  }
}
