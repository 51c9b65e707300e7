package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

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
            .map(line -> line.substring("Example: ".length()))
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
}
