package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said without a cluster; with one: RunIT of deploy/dist. */
class ClusterCommandTest {
  @TempDir Path folder;

  private Run cluster(String command, String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "cluster";
    arguments[1] = command;
    arguments[2] = "--dir";
    arguments[3] = folder.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Run.saccade(arguments);
  }

  @Test
  void saysThatThereIsNone() {
    for (String command : new String[] {"status", "submit", "savepoint", "stop"}) {
      Run run = cluster(command);

      assertThat(run.code()).as(command).isEqualTo(1);
      assertThat(run.err()).contains("no cluster runs in " + folder).doesNotContain("\tat ");
    }
  }

  @Test
  void refusesWhatCannotBe() {
    Run run = cluster("start", "--taskmanagers", "0", "--slots", "0");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("TaskManagers must be within [1, 64], but was 0")
        .contains("slots must be within [1, 64], but was 0");
  }

  @Test
  void refusesOptionsOfTheJobBeforeAnythingIsStarted() {
    Run unknown = cluster("submit", "--", "--brokrs", "h:1");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("--brokrs").contains("see: saccade job --help");

    Run impossible = cluster("submit", "--", "--parallelism", "0");
    assertThat(impossible.code()).isEqualTo(2);
    assertThat(impossible.err()).contains("parallelism must be within [1, 1024], but was 0");
  }

  @Test
  void refusesFaultsThatItDoesNotKnow() {
    Run run = Run.saccade("chaos", "--kinds", "flood");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("expected one of kill-taskmanager").contains("flood");
    assertThat(Run.saccade("chaos", "--cameras", "1").err())
        .contains("cameras must be at least the parallelism, but was 1");
  }
}
