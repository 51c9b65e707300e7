package io.saccade.bench.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Busy processes, one for each core, that take CPU time from everybody else. */
final class Thief implements AutoCloseable {
  /** Works without pause, for as long as the process that started it is there. */
  private static final String BUSY = "while kill -0 \"$PPID\" 2>/dev/null; do :; done";

  private final List<Process> processes = new ArrayList<>();

  static Thief atWork(int processes) {
    Thief thief = new Thief();
    for (int i = 0; i < processes; i++) {
      try {
        thief.processes.add(
            new ProcessBuilder("sh", "-c", BUSY)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
      } catch (IOException e) {
        thief.close();
        throw new UncheckedIOException("a busy process could not be started", e);
      }
    }
    return thief;
  }

  /** Fails when one of them has not worked until now. */
  void requireAtWork() {
    if (!processes.stream().allMatch(Process::isAlive)) {
      throw new IllegalStateException("busy processes must work until they are stopped");
    }
  }

  List<Process> processes() {
    return List.copyOf(processes);
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    for (Process process : processes) {
      process.onExit().join();
    }
  }
}
