package io.saccade.bench.camera;

import java.time.Duration;

/**
 * A camera that is harmed, stays away for a while, and is mended.
 *
 * @param what is done to it, for people
 */
public record Fault(String what, String camera, Action harm, Action mend) {
  /** Something done to a server. */
  public interface Action {
    void run() throws Exception;
  }

  /**
   * What was seen of it.
   *
   * @param noticedSeconds from the harm until the camera was no longer live
   * @param backSeconds from the mending until its next frame came out of Kafka
   */
  public record Outcome(String what, double noticedSeconds, double backSeconds) {}

  /**
   * Does it, and requires that it is noticed and that the camera comes back, both in time.
   *
   * @param away from the noticing to the mending
   */
  public Outcome play(
      CameraProgram program, FrameLog frames, Duration away, Duration notice, Duration back)
      throws Exception {
    harm.run();
    double noticed = Waiting.until(what + " is noticed", notice, () -> !program.up(camera));
    Thread.sleep(away.toMillis());
    int before = frames.count(camera);
    mend.run();
    double seconds =
        Waiting.until(
            camera + " sends again after: " + what, back, () -> frames.count(camera) > before);
    Waiting.until(camera + " is live again", back, () -> program.up(camera));
    return new Outcome(what, noticed, seconds);
  }
}
