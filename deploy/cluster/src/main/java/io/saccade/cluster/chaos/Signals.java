package io.saccade.cluster.chaos;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to processes, of which Java itself can send only those that end them. */
final class Signals {
  private Signals() {}

  /** The process stands still, and does not know it. */
  static void freeze(long pid) throws IOException, InterruptedException {
    send("STOP", pid);
  }

  /** It goes on, unless somebody has ended it meanwhile. */
  static void thaw(long pid) throws IOException, InterruptedException {
    if (ProcessHandle.of(pid).isPresent()) {
      send("CONT", pid);
    }
  }

  private static void send(String signal, long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
    if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("signal " + signal + " must reach process " + pid + ", but did not");
    }
  }
}
