package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
  @TempDir Path folder;

  static Stream<CommandLine> everyCommand() {
    List<CommandLine> all = new ArrayList<>();
    collect(Saccade.commandLine(), all);
    return all.stream();
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(sub -> collect(sub, all));
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void showsAnExampleThatTheCommandUnderstands(CommandLine command) {
    // As written, not as wrapped to a terminal's width.
    List<String> examples =
        Stream.of(command.getCommandSpec().usageMessage().description())
            .map(String::strip)
            .filter(line -> line.startsWith("Example: "))
            // As picocli does, to which they are formats.
            .map(line -> line.substring("Example: ".length()).formatted())
            .toList();

    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      Parsing.accept(example);
    }
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void describesEveryOption(CommandLine command) {
    assertThat(command.getCommandSpec().mixinStandardHelpOptions()).isTrue();
    assertThat(command.getCommandSpec().options())
        .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
  }

  /**
   * What cannot be formatted is only warned of, on the error stream of a process from its start.
   */
  @Test
  void isPrintedWithoutAWarning() throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process helps =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                EveryHelp.class.getName())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();

    assertThat(helps.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(helps.exitValue()).isZero();
    assertThat(Files.readString(err)).doesNotContain("WARN");
    assertThat(Files.readString(out))
        .contains("Usage: saccade budget set", "--audit 2%\n", "Usage: saccade model swap")
        .doesNotContain("%%")
        // As the options take them: 250ms.
        .doesNotContainPattern("PT[0-9]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"budget set", "budget show", "model swap", "console"})
  void tellsWhichBrokersAreAskedWithoutAnOption(String command) {
    String[] words = (command + " --help").split(" ", -1);

    assertThat(Run.saccade(words).out().split("Default: 127.0.0.1:19092", -1)).hasSize(2);
  }

  /** Prints the help of each command. */
  static final class EveryHelp {
    private EveryHelp() {}

    public static void main(String[] none) {
      everyCommand()
          .map(it -> it.getCommandSpec().qualifiedName(" ") + " --help")
          .map(it -> it.split(" ", -1))
          .forEach(it -> requireHelp(Arrays.copyOfRange(it, 1, it.length)));
    }

    private static void requireHelp(String[] command) {
      int code = Saccade.commandLine().execute(command);
      if (code != 0) {
        throw new IllegalStateException(
            "the code of %s must be 0, but was %d".formatted(String.join(" ", command), code));
      }
    }
  }
}
