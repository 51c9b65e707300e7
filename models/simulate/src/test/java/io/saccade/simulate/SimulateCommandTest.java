package io.saccade.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.simulate.trace.TraceWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path trace = Path.of("");

  @BeforeEach
  void writeTrace() throws IOException {
    trace = folder.resolve("trace.csv");
    TraceWriter.write(Traces.mixed(1), trace);
  }

  @Test
  void listsTheScenarios() {
    assertThat(run("--list")).isZero();
    assertThat(out.toString()).contains("overload-6x", "job-down", "the job is down for 60 s");
  }

  @Test
  void playsWhatIsAskedForAndWritesWhatIsAskedFor() {
    assertThat(
            run(
                "--trace",
                trace.toString(),
                "--scenarios",
                "light,even",
                "--report",
                folder.resolve("s.json").toString(),
                "--html",
                folder.resolve("s.html").toString()))
        .isZero();
    assertThat(out.toString()).contains("light ", "even ", "newest only").doesNotContain("wave ");
    assertThat(folder.resolve("s.json")).isNotEmptyFile();
    assertThat(folder.resolve("s.html")).isNotEmptyFile();
  }

  @Test
  void theSameSeedPrintsTheSame() {
    run("--trace", trace.toString(), "--scenarios", "poisson", "--seed", "9");
    String first = out.toString();
    out.getBuffer().setLength(0);
    run("--trace", trace.toString(), "--scenarios", "poisson", "--seed", "9");
    assertThat(out.toString()).isEqualTo(first);
    out.getBuffer().setLength(0);
    run("--trace", trace.toString(), "--scenarios", "poisson", "--seed", "10");
    assertThat(out.toString()).isNotEqualTo(first);
  }

  @Test
  void saysWhichScenariosThereAre() {
    assertThat(run("--scenarios", "storm")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--scenarios must be all or of even, poisson")
        .contains("but was storm");
  }

  @Test
  void saysWhatIsWrongWithATrace() {
    assertThat(run("--trace", folder.resolve("missing.csv").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("missing.csv");
  }

  private int run(String... arguments) {
    return new CommandLine(new SimulateCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
