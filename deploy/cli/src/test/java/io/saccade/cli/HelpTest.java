package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.ArgSpec;

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
    List<List<String>> examples = examples(command);

    assertThat(examples).isNotEmpty();
    for (List<String> example : examples) {
      Parsing.accept(
          example.stream()
              .map(line -> line.replaceFirst("^Example: ", "").replaceFirst(" \\\\$", ""))
              .collect(Collectors.joining(" ")));
    }
  }

  /** Each with the lines it goes on in: a backslash stands before a next one. */
  private static List<List<String>> examples(CommandLine command) {
    List<List<String>> examples = new ArrayList<>();
    boolean goesOn = false;
    for (String line : command.getCommandSpec().usageMessage().description()) {
      // As picocli does, to which they are formats.
      String shown = line.formatted();
      if (shown.startsWith("Example: ")) {
        examples.add(new ArrayList<>());
      }
      if (shown.startsWith("Example: ") || goesOn) {
        examples.get(examples.size() - 1).add(shown);
        goesOn = shown.endsWith(" \\");
      }
    }
    return examples;
  }

  /** What is wrapped cannot be copied. */
  @ParameterizedTest
  @MethodSource("everyCommand")
  void showsExamplesAsTheyAreWritten(CommandLine command) {
    assertThat(command.getUsageMessage().lines())
        .containsAll(examples(command).stream().flatMap(List::stream).toList());
  }

  /** Lists of commands show nothing but the first line of what a command says of itself. */
  @ParameterizedTest
  @MethodSource("everyCommand")
  void saysInItsFirstLineWhatTheCommandDoes(CommandLine command) {
    String first = command.getCommandSpec().usageMessage().description()[0];

    assertThat(first).endsWith(".");
    assertThat(command.getUsageMessage().lines()).contains(first);
    if (command.getParent() != null) {
      assertThat(command.getParent().getUsageMessage().lines())
          .anyMatch(
              line -> line.matches(" +" + command.getCommandName() + " +\\Q" + first + "\\E"));
    }
  }

  /** A paragraph in several strings is wrapped twice, and ragged. */
  @ParameterizedTest
  @MethodSource("everyCommand")
  void leavesParagraphsToBeWrapped(CommandLine command) {
    List<String> examples = examples(command).stream().flatMap(List::stream).toList();

    assertThat(
            Stream.of(
                    command.getCommandSpec().usageMessage().description(),
                    command.getCommandSpec().usageMessage().footer())
                .flatMap(Stream::of)
                .filter(line -> !line.isEmpty() && !examples.contains(line.formatted())))
        .allMatch(paragraph -> paragraph.matches("[A-Z].*\\."));
    assertThat(command.getCommandSpec().options())
        .allSatisfy(
            option ->
                assertThat(Stream.of(option.description()).skip(1))
                    .allMatch(line -> line.matches("[A-Z].*\\.|  Default: .*")));
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void namesParametersInOneStyle(CommandLine command) {
    assertThat(
            command.getCommandSpec().args().stream()
                .filter(it -> it.arity().max() > 0)
                .map(ArgSpec::paramLabel))
        .allMatch(label -> !label.startsWith("<"));
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void showsDefaultsAsTheyAreGiven(CommandLine command) {
    assertThat(command.getUsageMessage()).doesNotContain("Default: PT", "Default: [");
    assertThat(command.getCommandSpec().args())
        .filteredOn(it -> it.required() && it.arity().max() > 0)
        .allSatisfy(
            it ->
                assertThat(it.showDefaultValue() == Visibility.NEVER || !showsDefaults(command))
                    .as("%s is required, and so without a default", it.paramLabel())
                    .isTrue());
  }

  private static boolean showsDefaults(CommandLine command) {
    return command.getCommandSpec().usageMessage().showDefaultValues();
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void setsOffItsOptionsWithHelpAtTheirEnd(CommandLine command) {
    String help = command.getUsageMessage();

    assertThat(help.lastIndexOf("\n      --")).isLessThan(help.indexOf("\n  -h, --help "));
    assertThat(command.getCommandSpec().usageMessage().description()).endsWith("");
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
