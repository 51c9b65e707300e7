package io.saccade.checks.conf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.saccade.checks.Command;
import io.saccade.checks.FlinkKeys;
import io.saccade.cli.Saccade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

/** Every line of the sample files is one that is read, and nothing that can be said is missing. */
class ConfTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path CONF = ROOT.resolve("deploy/dist/src/conf");
  private static final List<String> OF_EVERY_COMMAND = List.of("--help", "--version");

  @TempDir Path folder;

  /** The options of the job, with the values that these arguments give them. */
  private static List<OptionSpec> job(String... arguments) {
    return Saccade.commandLine().parseArgs(arguments).subcommand().commandSpec().options();
  }

  /** What is commented out, too, as long as it looks like an option. */
  private static String uncommented(String file) {
    return file.replaceAll("(?m)^# (--)", "$1");
  }

  @Test
  void theJobsFileNamesEveryOption() throws IOException {
    List<String> words =
        List.of(uncommented(Files.readString(CONF.resolve("job.options"))).split("\\s+", -1));

    for (OptionSpec option : job("job")) {
      if (!OF_EVERY_COMMAND.contains(option.longestName())) {
        assertThat(words).as("a line for %s", option.longestName()).containsAnyOf(option.names());
      }
    }
  }

  @Test
  void theJobsFileSaysWhatHoldsWithoutIt() {
    List<OptionSpec> without = job("job");
    List<OptionSpec> with = job("job", "@" + CONF.resolve("job.options"));

    for (int i = 0; i < without.size(); i++) {
      Object usual = without.get(i).getValue();
      if (usual != null) {
        assertThat(with.get(i).<Object>getValue())
            .as("%s", without.get(i).longestName())
            .isEqualTo(usual);
      }
    }
  }

  @Test
  void whatIsCommentedOutInTheJobsFileIsUnderstood() throws IOException {
    String all = uncommented(Files.readString(CONF.resolve("job.options")));
    Path file = Files.writeString(folder.resolve("job.options"), all);

    assertThat(job("job", "@" + file))
        .filteredOn(option -> option.longestName().equals("--metrics-port"))
        .singleElement()
        .satisfies(option -> assertThat(option.<Integer>getValue()).isEqualTo(9249));
  }

  @Test
  void theSampleCameraIsAShippedClip() throws IOException {
    String cameras =
        Files.readString(CONF.resolve("cameras.yaml"))
            .replace("url: deploy/", "url: " + ROOT.resolve("deploy") + "/");
    Path file = Files.writeString(folder.resolve("cameras.yaml"), cameras);

    Command check = Command.saccade("camera", "--config", file.toString(), "--check");

    assertThat(check.code()).as(check.said()).isZero();
    assertThat(check.said()).contains("sample");
    String clip =
        new YAMLMapper().readTree(file.toFile()).path("cameras").path(0).path("url").asText();
    assertThat(Path.of(clip)).exists();
  }

  @Test
  void flinkKnowsEveryKeyOfItsFile() throws IOException {
    String all =
        Files.readString(CONF.resolve("flink.yaml"))
            .replaceAll("(?m)^# (high-availability:|  .*)$", "$1");
    Files.writeString(folder.resolve("config.yaml"), all);

    Configuration configuration = GlobalConfiguration.loadConfiguration(folder.toString());

    assertThat(configuration.keySet())
        .contains("high-availability.storageDir", "env.java.opts.all")
        .allSatisfy(key -> assertThat(FlinkKeys.known(key)).as("key %s", key).isTrue());
  }
}
