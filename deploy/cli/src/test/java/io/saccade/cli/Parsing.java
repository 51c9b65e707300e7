package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;

/** Commands as they stand in texts, parsed without running them. */
final class Parsing {
  private Parsing() {}

  static List<String> words(String command) {
    return Arrays.stream(command.strip().replaceFirst("\\s*&$", "").split("\\s+"))
        .filter(word -> !word.isEmpty())
        // Where the archive has it; in a checkout it lies elsewhere.
        .map(word -> word.replaceFirst("^@conf/", "@../dist/src/conf/"))
        .toList();
  }

  /** Fails unless {@code saccade ...} is understood, and comes from a shell as it stands. */
  static void accept(String command) {
    assertThat(command.replaceAll("'[^']*'", ""))
        .as("what a shell would replace, of: %s", command)
        .doesNotContain("${");
    List<String> words = words(command);
    assertThatCode(
            () ->
                Saccade.commandLine()
                    .parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
        .as(command)
        .doesNotThrowAnyException();
  }
}
