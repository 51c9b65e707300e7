package io.saccade.bench.camera;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to processes, which Java itself can send only to kill. */
final class Signals {
  private Signals() {}

  static void send(String signal, long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
    if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("signal " + signal + " must reach process " + pid + ", but did not");
    }
  }
}
