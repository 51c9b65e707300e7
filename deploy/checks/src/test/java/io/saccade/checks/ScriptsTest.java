package io.saccade.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shell scripts that people are given. */
class ScriptsTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  /** The parts of the launcher are read as parts of it. */
  @Test
  void shellcheckFindsNothingInTheLauncherEither() throws Exception {
    new Needs("shellcheck", "Debian package: shellcheck").require();
    List<String> command =
        List.of(
            "shellcheck",
            "--external-sources",
            "--source-path=" + ROOT,
            ROOT.resolve("saccade").toString(),
            ROOT.resolve("deploy/dist/pack").toString());

    assertThat(Script.run(Map.of(), command)).isEmpty();
  }

  @Test
  void shellcheckFindsNothing() throws Exception {
    new Needs("shellcheck", "Debian package: shellcheck").require();
    List<String> command = new ArrayList<>(List.of("shellcheck"));
    try (Stream<Path> files = Files.list(ROOT.resolve("deploy/access"))) {
      files.filter(Files::isExecutable).map(Path::toString).forEach(command::add);
    }
    assertThat(command).hasSize(4);
    command.add(ROOT.resolve("deploy/fuzz/run").toString());

    assertThat(Script.run(Map.of(), command)).isEmpty();
  }
}
