package io.saccade.quickstart;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to processes, of which Java itself can send only those that end them. */
public final class Signals {
  private Signals() {}

  /**
   * Sends one.
   *
   * @param signal its name without SIG, such as {@code STOP}
   * @throws IOException when it does not reach the process
   */
  public static void send(String signal, long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
    if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("signal " + signal + " must reach process " + pid + ", but did not");
    }
  }
}
