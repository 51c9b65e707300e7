package io.saccade.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.gfnet.bundle.Complaints;
import io.saccade.gfnet.bundle.Contents;
import io.saccade.simulate.contest.Contender;
import io.saccade.simulate.load.Arrivals;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.load.Scenarios;
import io.saccade.simulate.replay.Logs;
import io.saccade.simulate.trace.Trace;
import io.saccade.wire.JsonCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {
  private static final Path TINY = Path.of("../gfnet/src/test/bundles/tiny");

  @TempDir private static Path folder;
  private static List<String> log = List.of();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Decisions of the law on the frontier of a real bundle. */
  @BeforeAll
  static void writeLog() {
    Trace trace = Traces.mixed(1, Contents.read(TINY, new Complaints(TINY)).frontier());
    Scenario burst = Scenarios.of(trace).get(0);
    log =
        Contender.LAW
            .run(new Contender.Setting(burst, trace, Arrivals.of(burst, trace, 3), 3))
            .dials()
            .stream()
            .map(dial -> Logs.status(dial, "law", 0, burst.settings(), trace.nominal()))
            .map(status -> new String(JsonCodec.STATUS.encode(status), StandardCharsets.UTF_8))
            .toList();
  }

  @Test
  void saysEqual() throws IOException {
    assertThat(replay(log)).isZero();
    assertThat(out.toString())
        .contains("equal: %d decisions among %d records".formatted(log.size(), log.size()));
  }

  @Test
  void saysWhereTheFirstDifferenceIs() throws IOException {
    List<String> forged =
        log.stream().map(line -> line.replaceAll("\"keep\":1\\.0", "\"keep\":0.5")).toList();
    assertThat(replay(forged)).isEqualTo(1);
    assertThat(out.toString())
        .contains("differs: record 1 (subtask 0): keep was logged as 0.5, but is 1.0");
  }

  @Test
  void needsTheCostsWhenTheLogHasNone() throws IOException {
    List<String> tail =
        log.subList(5, 30).stream()
            .map(line -> line.replaceAll(",\"nominal\":\\{[^}]*}", ""))
            .toList();
    assertThat(replay(tail)).isEqualTo(1);
    assertThat(out.toString()).contains("0 of 25 decisions are equal").contains("--nominal");
    assertThat(replay(tail, "--nominal", "700000,2200000,2400000")).isZero();
  }

  @Test
  void anEmptyLogProvesNothing() throws IOException {
    assertThat(replay(List.of())).isEqualTo(1);
    assertThat(out.toString()).contains("no decisions among 0 records");
  }

  @Test
  void refusesWhatIsNeitherFileNorTopic() {
    assertThat(run("--status", "nowhere.jsonl")).isEqualTo(2);
    assertThat(err.toString()).contains("must be a file or 'topic', but there is no file");
    assertThat(run("--status", "topic", "--nominal", "1,2")).isEqualTo(2);
    assertThat(err.toString()).contains("--nominal must be three numbers, but were 2");
  }

  @Test
  void saysThatNoBrokerAnswers() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(
            run("--status", "topic", "--bundle", TINY.toString(), "--brokers", "127.0.0.1:" + free))
        .isEqualTo(1);
    assertThat(err.toString()).contains("a Kafka broker must answer at 127.0.0.1:" + free);
  }

  private int replay(List<String> lines, String... more) throws IOException {
    Path file = Files.write(folder.resolve("status.jsonl"), lines);
    String[] arguments = new String[4 + more.length];
    arguments[0] = "--status";
    arguments[1] = file.toString();
    arguments[2] = "--bundle";
    arguments[3] = TINY.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return run(arguments);
  }

  private int run(String... arguments) {
    return new CommandLine(new ReplayCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
