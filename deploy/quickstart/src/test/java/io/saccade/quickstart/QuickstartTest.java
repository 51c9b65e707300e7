package io.saccade.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class QuickstartTest {
  private static final Path HOME = Path.of("../..");

  @TempDir Path folder;

  private QuickstartOptions options(Path bundle, Path report) {
    return new QuickstartOptions(
        HOME, 4, 10, 15, 0.8, 200, 800, bundle, false, null, 0, 0, 0, report, 0, true, true, 0);
  }

  @Test
  void labelsEveryFrameAndLeavesNothingBehind() throws Exception {
    List<Path> before = temporary();
    Path report = folder.resolve("figures/r.json");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    int code = Quickstart.run(options(Stage.BUNDLE, report), new PrintStream(out, true, UTF_8));

    assertThat(code).isZero();
    JsonNode figures = new ObjectMapper().readTree(report.toFile());
    long frames = figures.get("framesIn").asLong();
    // Ten cameras of 15 frames a second for four seconds; on a busy machine they begin late.
    assertThat(frames).isPositive();
    assertThat(frames + figures.get("camerasDropped").asLong()).isGreaterThan(300);
    assertThat(figures.get("labelsOut").asLong()).isEqualTo(frames);
    assertThat(figures.get("unaccounted").asLong()).isZero();
    assertThat(figures.get("deadLetters").asLong()).isZero();
    assertThat(figures.get("classified").asLong() + figures.get("shed").asLong()).isEqualTo(frames);
    assertThat(figures.get("classified").asLong()).isPositive();
    assertThat(sum(figures.get("looksHistogram"))).isEqualTo(figures.get("classified").asLong());
    assertThat(figures.get("meanLooks").asDouble()).isBetween(1.0, 3.0);
    assertThat(figures.get("budgetCores").asDouble()).isCloseTo(0.8, within(1e-6));
    assertThat(figures.get("usedCores").asDouble()).isBetween(0.001, 1.0);
    assertThat(figures.get("processCores").asDouble())
        .isGreaterThan(0.001)
        .isLessThan(Runtime.getRuntime().availableProcessors() + 0.1);
    assertThat(figures.get("firstLabelSeconds").asDouble()).isPositive();
    assertThat(figures.get("nativeHandlesOpen").asLong()).isZero();
    assertThat(figures.at("/agePercentilesMillis/p99").asLong()).isPositive();
    assertThat(out.toString(UTF_8)).contains("broker at 127.0.0.1:").contains("without label 0");
    assertThat(temporary()).isEqualTo(before);
  }

  private static long sum(JsonNode numbers) {
    long sum = 0;
    for (JsonNode number : numbers) {
      sum += number.asLong();
    }
    return sum;
  }

  @Test
  void saysWhatIsWrongWithTheBundleAndLeavesNothingBehind() throws Exception {
    List<Path> before = temporary();
    Path bundle = Files.createDirectory(folder.resolve("empty"));

    assertThatThrownBy(
            () ->
                Quickstart.run(
                    options(bundle, folder.resolve("r.json")),
                    new PrintStream(new ByteArrayOutputStream(), true, UTF_8)))
        .hasMessageContaining("manifest.json");

    assertThat(temporary()).isEqualTo(before);
  }

  /** Of this process only: others may come and go meanwhile. */
  private static List<Path> temporary() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(Scratch.prefix()))
          .sorted()
          .toList();
    }
  }
}
