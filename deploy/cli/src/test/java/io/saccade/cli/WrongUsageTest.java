package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrongUsageTest {

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
        .contains("quickstart, camera, job, console, budget, model");
  }

  @Test
  void aMissingCommandIsAnsweredWithThoseThereAre() {
    for (String[] arguments : new String[][] {{}, {"budget"}, {"model"}, {"bench"}}) {
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
  void helpAndVersionAreNoFailures() {
    assertThat(Run.saccade("--help").code()).isZero();
    assertThat(Run.saccade("budget", "set", "--help").out()).contains("--target-age");
    assertThat(Run.saccade("--version").out()).startsWith("saccade ");
  }
}
