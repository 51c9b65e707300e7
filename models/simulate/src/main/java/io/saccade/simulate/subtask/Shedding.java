package io.saccade.simulate.subtask;

import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Thinning;
import io.saccade.simulate.load.Frame;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Which of the frames that are young enough are looked at. Stateful: one for each run. */
@FunctionalInterface
public interface Shedding {

  /**
   * Whether to look at this frame.
   *
   * @param outdated whether a newer frame of the same camera is waiting already
   */
  boolean keeps(Frame frame, OperatingPoint point, boolean outdated);

  /** As the job does: evenly from every camera, as much as the controller says. */
  static Shedding even() {
    Map<Integer, Thinning> cameras = new HashMap<>();
    return (frame, point, outdated) ->
        cameras.computeIfAbsent(frame.camera(), camera -> new Thinning(0)).keeps(point.keep());
  }

  /** By lot, as much as the controller says. */
  static Shedding random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return (frame, point, outdated) -> random.nextDouble() < point.keep();
  }

  /** Only the newest frame of each camera. */
  static Shedding newestOnly() {
    return (frame, point, outdated) -> !outdated;
  }
}
