package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/operating.md names the metrics there are, and all of them. */
class OperatingTest {
  private static final String METERS =
      "flink-job/src/main/java/io/saccade/job/classify/Meters.java";

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher match = pattern.matcher(text);
    while (match.find()) {
      found.add(match.group(1));
    }
    return found;
  }

  @Test
  void namesEveryMetricOfTheJobAndNoneThatThereIsNot() throws IOException {
    Set<String> registered =
        all(
            Pattern.compile("(?:gauge|counter)\\(\\s*\"([A-Za-z]+)\""),
            Files.readString(Docs.ROOT.resolve(METERS)));
    String page = Files.readString(Docs.ROOT.resolve("docs/operating.md"));
    String table = page.replaceAll("(?s).*<!-- metrics -->|<!-- /metrics -->.*", "");
    String rest = page.replaceAll("(?s).*\\nThe rest: |\\. Cameras have.*", "");
    Set<String> named = new TreeSet<>(all(Pattern.compile("`([A-Za-z]+)`"), rest));
    for (String row : table.lines().filter(line -> line.startsWith("| `")).toList()) {
      named.addAll(
          all(Pattern.compile("`([A-Za-z]+)`"), row.replaceFirst("^\\|([^|]*)\\|.*", "$1")));
    }
    // Groups of the metric labels, no metrics themselves.
    named.removeAll(Set.of("outcome", "reason"));

    assertThat(registered).hasSizeGreaterThan(20);
    assertThat(named).isEqualTo(registered);
  }
}
