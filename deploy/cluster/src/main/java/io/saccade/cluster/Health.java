package io.saccade.cluster;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * Whether a program answers. One that runs and has not answered for long is frozen, or waits for
 * what will not come, and is better begun again.
 *
 * @param address that answers with 200 when all is well
 * @param silenceMillis without an answer, after there was one, that are too long
 */
record Health(URI address, long silenceMillis) {
  private static final int ANSWER_MILLIS = 2_000;
  private static final long LOOK_MILLIS = 1_000;

  /** Without any answer yet: it may have much to do before it leads. */
  private static final long START_MILLIS = 90_000;

  /** Who was not at work himself for so long cannot judge others. */
  private static final long ABSENCE_MILLIS = 5_000;

  /**
   * Waits until a process has ended.
   *
   * @return whether it had to be killed
   */
  boolean watch(Process process) throws InterruptedException {
    boolean answered = false;
    long since = now();
    long looked = since;
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      boolean answers = answers();
      answered |= answers;
      if (answers || now() - looked > LOOK_MILLIS + ANSWER_MILLIS + ABSENCE_MILLIS) {
        since = now();
      }
      looked = now();
      if (looked - since > (answered ? silenceMillis : START_MILLIS)) {
        process.destroyForcibly().waitFor();
        return true;
      }
    }
    return false;
  }

  private boolean answers() {
    try {
      HttpURLConnection asked = (HttpURLConnection) address.toURL().openConnection();
      asked.setConnectTimeout(ANSWER_MILLIS);
      asked.setReadTimeout(ANSWER_MILLIS);
      try {
        return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        asked.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }
}
