package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What people are told to type is understood. */
class ReadmeCommandsTest {
  private static final Path ROOT = Path.of("../..");

  /** A command on a line of its own or between backticks. */
  private static final Pattern SACCADE =
      Pattern.compile("(?m)^\\s*(\\./saccade[^`\\n]*)$|`(\\./saccade[^`]*)`");

  private static final Pattern FLINK_RUN = Pattern.compile("(?m)^flink run \\S+\\.jar (.*)$");

  private static List<String> found(Path page, Pattern wanted) throws IOException {
    List<String> found = new ArrayList<>();
    Matcher match = wanted.matcher(Files.readString(page));
    while (match.find()) {
      found.add(match.group(1) != null ? match.group(1) : match.group(2));
    }
    return found;
  }

  @Test
  void everyCommandOfTheReadmeIsUnderstood() throws IOException {
    List<String> commands = found(ROOT.resolve("README.md"), SACCADE);

    assertThat(commands).hasSizeGreaterThan(8);
    commands.forEach(Parsing::accept);
  }

  @Test
  void whatTheReadmePassesToFlinkIsUnderstoodByTheJob() throws IOException {
    List<String> jobs = found(ROOT.resolve("README.md"), FLINK_RUN);

    assertThat(jobs).isNotEmpty();
    jobs.forEach(arguments -> Parsing.accept("saccade job " + arguments));
  }

  @Test
  void theReadmeNamesEveryCommand() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));

    assertThat(Saccade.commandLine().getSubcommands().keySet())
        .allSatisfy(command -> assertThat(readme).contains("./saccade " + command));
  }
}
