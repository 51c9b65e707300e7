package io.saccade.checks.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.checks.Web;
import io.saccade.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real Prometheus on loopback that scrapes every other second and holds the rules of the
 * repository.
 */
final class Prometheus implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long END_SECONDS = 20;

  private final Path log;
  private final int port;
  private final Process process;

  private Prometheus(Path log, int port, Process process) {
    this.log = log;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param rules the file of its rules
   * @param targets port on loopback of each scrape job
   */
  static Prometheus start(Path folder, Path rules, Map<String, Integer> targets)
      throws IOException {
    Files.createDirectories(folder);
    StringBuilder configuration =
        new StringBuilder(
            "global: {scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 1s}\nrule_files: ['%s']\nscrape_configs:\n"
                .formatted(rules.toAbsolutePath()));
    targets.forEach(
        (job, target) ->
            configuration.append(
                "  - {job_name: %s, static_configs: [{targets: ['127.0.0.1:%d']}]}\n"
                    .formatted(job, target)));
    Path file = Files.writeString(folder.resolve("prometheus.yaml"), configuration.toString());
    int port = EmbeddedBroker.freePort();
    Path log = folder.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Prometheus(log, port, process);
  }

  /** What an expression answers now; an answer without data is an empty array. */
  JsonNode query(String expression) {
    return ask("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8)).path("result");
  }

  /** The finite values among what an expression answers now: neither NaN nor infinite. */
  List<Double> numbers(String expression) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode series : query(expression)) {
      // As text: NaN, +Inf.
      double value = series.path("value").path(1).asDouble(Double.NaN);
      if (Double.isFinite(value)) {
        numbers.add(value);
      }
    }
    return numbers;
  }

  /** All rules, as they were evaluated last. */
  JsonNode rules() {
    return ask("/api/v1/rules").path("groups");
  }

  private JsonNode ask(String path) {
    String page = Web.get("http://127.0.0.1:" + port + path);
    if (page.isEmpty()) {
      if (!process.isAlive()) {
        throw new IllegalStateException("Prometheus must run, but ended: " + said());
      }
      return JSON.createObjectNode();
    }
    try {
      JsonNode answer = JSON.readTree(page);
      if (!answer.path("status").asText().equals("success")) {
        throw new IllegalStateException(
            "Prometheus must answer %s, but said %s".formatted(path, page));
      }
      return answer.path("data");
    } catch (IOException e) {
      // "Service Unavailable" while it starts.
      return JSON.createObjectNode();
    }
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
