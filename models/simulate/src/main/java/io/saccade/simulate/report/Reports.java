package io.saccade.simulate.report;

import io.saccade.simulate.contest.Contest;
import io.saccade.simulate.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what came of the scenarios. */
public final class Reports {
  private static final Pattern BLOCK =
      Pattern.compile("(<!-- simulation -->\\n).*?(<!-- /simulation -->)", Pattern.DOTALL);

  private Reports() {}

  public static void json(List<Contest> contests, Trace trace, long seed, Path file)
      throws IOException {
    JsonReport.of(contests, trace, seed).write(file);
  }

  public static void html(List<Contest> contests, Trace trace, Path file) throws IOException {
    Files.writeString(file, new HtmlReport(contests, trace).page());
  }

  /**
   * Replaces what stands between {@code <!-- simulation -->} and {@code <!-- /simulation -->}.
   *
   * @throws IllegalArgumentException when the page has no such place
   */
  public static void page(List<Contest> contests, Trace trace, long seed, Path file)
      throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(file));
    if (!block.find()) {
      throw new IllegalArgumentException(
          "expected <!-- simulation --> and <!-- /simulation --> in %s, but found neither or one"
              .formatted(file));
    }
    String table =
        "%s\nModel: %s %s (%s), %d recorded frames; seed %d.\n\n%s\n"
            .formatted(
                block.group(1),
                trace.model(),
                trace.version(),
                trace.sha256().substring(0, Math.min(12, trace.sha256().length())),
                trace.frames(),
                seed,
                Table.markdown(contests));
    Files.writeString(file, block.replaceFirst(Matcher.quoteReplacement(table + block.group(2))));
  }
}
