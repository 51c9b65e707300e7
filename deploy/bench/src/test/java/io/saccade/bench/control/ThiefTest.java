package io.saccade.bench.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThiefTest {

  @Test
  void takesCpuTimeUntilItIsStopped() {
    List<Process> processes;
    try (Thief thief = Thief.atWork(1)) {
      processes = thief.processes();
      Duration taken = Duration.ZERO;
      while (taken.toMillis() < 200) {
        thief.requireAtWork();
        taken = processes.get(0).info().totalCpuDuration().orElse(Duration.ZERO);
      }
    }
    assertThat(processes).hasSize(1).noneMatch(Process::isAlive);
  }

  @Test
  void saysWhenAProcessHasEndedTooSoon() {
    try (Thief thief = Thief.atWork(1)) {
      Process process = thief.processes().get(0);
      process.destroyForcibly();
      process.onExit().join();

      assertThatThrownBy(thief::requireAtWork).isInstanceOf(IllegalStateException.class);
    }
  }
}
