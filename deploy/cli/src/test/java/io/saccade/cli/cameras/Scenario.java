package io.saccade.cli.cameras;

import io.saccade.bench.camera.CameraProgram;
import io.saccade.bench.camera.FrameLog;
import io.saccade.bench.camera.Waiting;
import java.time.Duration;
import java.util.Locale;

/**
 * A camera that is harmed, stays away for a while, and is mended.
 *
 * @param what is done to it, for people
 */
record Scenario(String what, String camera, Action harm, Action mend) {
  /** Twice what is promised, for the machine may be busy. */
  private static final Duration NOTICE = Duration.ofSeconds(20);

  private static final Duration BACK = Duration.ofSeconds(10);
  private static final long AWAY_MILLIS = 4_000;

  /** Something done to a server. */
  interface Action {
    void run() throws Exception;
  }

  /** Does it, and requires that it is noticed and that the camera comes back, both in time. */
  void play(CameraProgram program, FrameLog frames) throws Exception {
    harm.run();
    double noticed = Waiting.until(what + " is noticed", NOTICE, () -> !program.up(camera));
    // Long enough for the pauses between attempts to grow.
    Thread.sleep(AWAY_MILLIS);
    int before = frames.count(camera);
    mend.run();
    double back =
        Waiting.until(
            camera + " sends again after: " + what, BACK, () -> frames.count(camera) > before);
    Waiting.until(camera + " is live again", BACK, () -> program.up(camera));
    System.out.printf(
        Locale.ROOT, "%s: noticed after %.1f s, back after %.1f s%n", what, noticed, back);
  }
}
