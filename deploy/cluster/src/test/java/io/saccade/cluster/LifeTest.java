package io.saccade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifeTest {
  @TempDir Path folder;

  @Test
  void isReadAsItWasWritten() throws Exception {
    Life self = Life.of("taskmanager-1", 3, ProcessHandle.current().pid());
    self.write(folder);
    Files.writeString(folder.resolve("torn.pid"), "1 2");

    assertThat(Life.all(folder)).containsExactly(self);
    assertThat(self.runs()).isTrue();
  }

  @Test
  void isNotThatOfAProcessThatHasGotTheNumberLater() {
    Life self = Life.of("jobmanager", 1, ProcessHandle.current().pid());

    assertThat(new Life("jobmanager", 1, self.pid(), self.startTicks() - 1).runs()).isFalse();
  }

  @Test
  void endsWhenItIsKilled() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    Life life = Life.of("sleeper", 1, process.pid());
    assertThat(life.runs()).isTrue();

    life.kill();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(life.runs()).isFalse();
  }

  @Test
  void isNotedWhenItBegins() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    try {
      Life life = Life.note(folder, "sleeper", 2, process);

      assertThat(life.pid()).isEqualTo(process.pid());
      assertThat(Life.all(folder)).containsExactly(life);
      assertThat(life.runs()).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void endsWhenItCannotBeNoted() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    try {
      assertThatThrownBy(() -> Life.note(folder.resolve("none"), "sleeper", 1, process))
          .isInstanceOf(IOException.class);

      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void isNobodysWhereThereIsNoFolder() {
    assertThat(Life.all(folder.resolve("none"))).isEmpty();
  }
}
