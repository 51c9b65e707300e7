package io.saccade.simulate.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sharing a budget among many: what was measured and what was simulated.
 *
 * @param subtasks number of them in the simulation
 * @param newsSeconds that news is under way
 * @param seed of the demands
 * @param shares time of computing one share, for several numbers of subtasks
 * @param traffic for the same
 * @param mishaps how shares came to rest
 * @param machine where times were measured
 */
public record ScaleReport(
    int subtasks,
    double newsSeconds,
    long seed,
    List<ShareTime> shares,
    List<Traffic> traffic,
    List<Convergence> mishaps,
    String machine) {
  private static final Pattern BLOCK =
      Pattern.compile("(<!-- fleet -->\\n).*?(<!-- /fleet -->)", Pattern.DOTALL);

  public ScaleReport {
    shares = List.copyOf(shares);
    traffic = List.copyOf(traffic);
    mishaps = List.copyOf(mishaps);
  }

  /** Writes it as JSON. */
  public void write(Path file) throws IOException {
    Files.write(
        file,
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this));
  }

  /**
   * Replaces what stands between {@code <!-- fleet -->} and {@code <!-- /fleet -->}.
   *
   * @throws IllegalArgumentException when the page has no such place
   */
  public void page(Path file) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(file));
    if (!block.find()) {
      throw new IllegalArgumentException(
          "expected <!-- fleet --> and <!-- /fleet --> in %s, but found neither or one"
              .formatted(file));
    }
    String text = block.group(1) + "\n" + markdown() + "\n" + block.group(2);
    Files.writeString(file, block.replaceFirst(Matcher.quoteReplacement(text)));
  }

  private String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| subtasks | one share takes, µs | of a subtask's core | status topic, MB/s |");
    text.append(
        " news that each hears, a second | news to all, MB/s |\n|---|---|---|---|---|---|\n");
    for (int at = 0; at < shares.size(); at++) {
      ShareTime share = shares.get(at);
      Traffic told = traffic.get(at);
      text.append(
          String.format(
              Locale.ROOT,
              "| %,d | %.1f | %.3f %% | %.2f | %,.0f | %.3f |%n",
              share.subtasks(),
              share.microseconds(),
              100 * share.coreShare(),
              told.statusBytesPerSecond() / 1e6,
              told.heardPerSecond(),
              told.newsBytesPerSecond() / 1e6));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nA decision has %,d bytes, news %,d. Of %,d subtasks, news %.0f ms under way:%n%n",
            traffic.get(0).decisionBytes(),
            traffic.get(0).newsBytes(),
            subtasks,
            1_000 * newsSeconds));
    text.append("| what happens | to | budget exceeded by at most | left unused at most |");
    text.append(" at rest again after, s |\n|---|---|---|---|---|\n");
    for (Convergence it : mishaps) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f %% | %.1f %% | %.1f %% | %.2f |%n",
              it.words(),
              100 * it.struck(),
              100 * Math.max(0, it.mostOver()),
              100 * Math.max(0, it.leastUnder()),
              it.settledSeconds()));
    }
    return text + String.format(Locale.ROOT, "%n%s; seed %d%n", machine, seed);
  }
}
