package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongUsageTest {
  @TempDir Path folder;

  @Test
  void anUnknownOptionIsAnsweredWithThoseThereAre() {
    Run run = Run.saccade("quickstart", "--camras", "3");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("--camras")
        .contains("--cameras")
        .contains("--budget-cores")
        .contains("see: saccade quickstart --help")
        .doesNotContain("\tat ");
  }

  @Test
  void anUnknownCommandIsAnsweredWithThoseThereAre() {
    Run run = Run.saccade("quikstart");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("quikstart")
        .contains("quickstart, camera, job, cluster, chaos, console, budget, model");
  }

  @Test
  void aReportThatCannotBeWrittenIsToldBeforeTheFaults() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "kept");
    for (Path report : List.of(folder, file.resolve("report.json"))) {
      Run run = Run.saccade("chaos", "--report", report.toString());

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("--report must be a file that can be written, but " + report);
    }
    assertThat(file).hasContent("kept");
  }

  @Test
  void aMissingCommandIsAnsweredWithThoseThereAre() {
    for (String[] arguments : new String[][] {{}, {"budget"}, {"model"}, {"bench"}, {"cluster"}}) {
      Run run = Run.saccade(arguments);

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("expected: ");
    }
  }

  @Test
  void aWrongValueSaysWhatWasExpectedAndFound() {
    assertThat(Run.saccade("quickstart", "--cameras", "many").err()).contains("'many'");
    assertThat(Run.saccade("quickstart", "--cameras", "0").err())
        .contains("cameras must be within [1, 1000], but was 0");
    assertThat(Run.saccade("quickstart", "--target-age", "5").err()).contains("such as 200ms");
    assertThat(Run.saccade("quickstart", "--delivery", "maybe").err())
        .contains("at-least-once")
        .contains("maybe");
    assertThat(Run.saccade("budget", "set").err()).contains("--cores");
    assertThat(Run.saccade("simulate", "--scenarios", "storm").err())
        .contains("storm")
        .contains("burst")
        .doesNotContain("expected: record");
    assertThat(Run.saccade("model", "classify", "x.jpg", "--threshold", "3").err())
        .contains("threshold must be within [0, 2], but was 3.0");
  }

  @Test
  void aUrlInTheWrongPlaceShowsNoPassword() {
    for (String[] arguments :
        new String[][] {
          {"camera", "rtsp://h/a", "rtsp://bob:geheim@h/b"},
          {"camera", "rtsp://h/a", "--fps", "rtsp://bob:geheim@h/b"},
          {"camera", "rtsp://h/a", "--transport", "rtsp://bob:geheim@h/b"},
          {"camera", "rtsp://h/a", "--url=rtsp://bob:geheim@h/b"}
        }) {
      Run run = Run.saccade(arguments);

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).doesNotContain("geheim");
    }
  }

  @Test
  void anOptionThatWouldBeIgnoredIsRefused() throws IOException {
    assertThat(Run.saccade("camera", "--config", "none.yaml", "--fps", "5").err())
        .contains("--fps is for one camera by its URL, but --config is given");
    Path properties = Files.writeString(folder.resolve("k"), "bootstrap.servers=h:1\n");
    assertThat(
            Run.saccade(
                    "camera", "x.mp4", "--brokers", "h:2", "--kafka-properties", "" + properties)
                .err())
        .contains("--brokers must be left out");
  }

  @Test
  void brokersStandInOnePlace() throws IOException {
    Path properties = Files.writeString(folder.resolve("k"), "bootstrap.servers=h:1\n");
    for (String[] command :
        new String[][] {
          {"job"},
          {"console"},
          {"budget", "show"},
          {"budget", "replay", "--status", "topic", "--bundle", "../../models/bundles/runway"}
        }) {
      List<String> arguments = new ArrayList<>(List.of(command));
      arguments.addAll(List.of("--kafka-properties", properties.toString()));

      Run run = Run.saccade(arguments.toArray(String[]::new));

      assertThat(run.code()).as(String.join(" ", command)).isEqualTo(2);
      assertThat(run.err()).contains("bootstrap.servers must be given by --brokers");
    }
  }

  @Test
  void kafkaPropertiesThatCannotBeReadAreRefusedByEveryCommand() {
    for (String[] command :
        new String[][] {
          {"camera", "x.mp4"},
          {"job"},
          {"console"},
          {"budget", "show"},
          {"budget", "set", "--cores", "1"},
          {"budget", "replay", "--status", "topic", "--bundle", "../../models/bundles/runway"}
        }) {
      List<String> arguments = new ArrayList<>(List.of(command));
      arguments.addAll(List.of("--kafka-properties", "/not/there"));

      Run run = Run.saccade(arguments.toArray(String[]::new));

      assertThat(run.code()).as(String.join(" ", command)).isEqualTo(2);
      assertThat(run.err()).contains("properties must be").contains("/not/there");
    }
  }

  @Test
  void helpAndVersionAreNoFailures() {
    assertThat(Run.saccade("--help").code()).isZero();
    assertThat(Run.saccade("budget", "set", "--help").out()).contains("--target-age");
    assertThat(Run.saccade("--version").out()).startsWith("saccade ");
  }
}
