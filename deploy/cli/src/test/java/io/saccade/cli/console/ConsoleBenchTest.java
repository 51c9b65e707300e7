package io.saccade.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.bench.console.ConsoleBench;
import io.saccade.bench.console.ConsoleBenchOptions;
import io.saccade.bench.console.ConsoleReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether the bench measures at all; its figures mean nothing here. */
class ConsoleBenchTest {
  @BeforeAll
  static void requireBrowser() {
    Pages.requireBrowser();
  }

  @Test
  @Timeout(120)
  void measuresTheConsolesProcessAndThePageAndTakesItsPicture(@TempDir Path folder)
      throws Exception {
    ConsoleReport report =
        ConsoleBench.run(
            new ConsoleBenchOptions(Pages.HOME, 4, 1, 1, folder),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8));

    assertThat(report.rounds()).hasSize(1);
    assertThat(report.onePageCores()).isPositive();
    assertThat(report.noPageCores()).isNotNegative();
    assertThat(report.picturesPerSecond()).isPositive();
    assertThat(report.weightKilobytes()).isBetween(10.0, 300.0);
    assertThat(report.interactiveMillis()).isPositive();
    assertThat(report.frameMillisP99()).isGreaterThanOrEqualTo(report.frameMillisP50());
    assertThat(report.rounds().get(0).slowKilobytesPerSecond()).isPositive();
    for (String name : new String[] {"console-light.jpg", "console-dark.jpg"}) {
      byte[] picture = Files.readAllBytes(folder.resolve(name));
      assertThat(picture).startsWith((byte) 0xFF, (byte) 0xD8).hasSizeGreaterThan(10_000);
    }
  }
}
