package io.saccade.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class PipelineBenchTest {
  @TempDir Path folder;

  /** Short: it shows that all three ways work and what is reported, not how fast they are. */
  @Test
  void measuresAllThreeWaysInTurn() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BenchOptions options =
        new BenchOptions(
            Path.of("../quickstart/clips"),
            Path.of("../../models/gfnet/src/test/bundles/tiny"),
            4.5,
            3,
            null);

    PipelineReport report = PipelineBench.run(options, new PrintStream(out, true, UTF_8));
    report.write(folder.resolve("b.json"));

    JsonNode figures = new ObjectMapper().readTree(folder.resolve("b.json").toFile());
    for (String way : new String[] {"bareFps", "inProcessFps", "kafkaFps"}) {
      assertThat(figures.get(way).asDouble()).as(way).isGreaterThan(10);
    }
    for (String ratio : new String[] {"inProcessRatio", "kafkaRatio"}) {
      assertThat(figures.get(ratio).asDouble()).as(ratio).isBetween(0.02, 3.0);
    }
    assertThat(figures.get("rounds")).hasSize(3);
    assertThat(figures.at("/rounds/0/meanLooks").asDouble()).isBetween(1.0, 3.0);
    assertThat(figures.get("threads").asInt()).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("round 3 of 3: bare ");
  }
}
