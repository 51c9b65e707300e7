package io.saccade.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FleetCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return new CommandLine(new FleetCommand())
        .registerConverter(Duration.class, text -> Duration.ofMillis(Long.parseLong(text)))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void writesWhatItFoundIntoReportAndPage() throws Exception {
    Path page = folder.resolve("scale.md");
    Files.writeString(page, "before\n<!-- fleet -->\nold\n<!-- /fleet -->\nafter\n");
    Path report = folder.resolve("scale.json");

    assertThat(run("--subtasks", "20", "--report", report.toString(), "--page", page.toString()))
        .isZero();
    JsonNode found = new ObjectMapper().readTree(report.toFile());
    assertThat(found.path("shares")).hasSize(4);
    assertThat(found.at("/shares/3/microseconds").asDouble()).isPositive();
    assertThat(found.at("/traffic/0/decisionBytes").asInt()).isBetween(1_000, 20_000);
    assertThat(found.path("mishaps")).hasSize(5);
    assertThat(Files.readString(page))
        .startsWith("before\n<!-- fleet -->\n")
        .contains("three times the frames at once", "1,000 |")
        .doesNotContain("old")
        .endsWith("<!-- /fleet -->\nafter\n");
    assertThat(out.toString()).contains("gone for good");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(run("--subtasks", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("--subtasks must be within [2, 10000], but were 1");
  }
}
