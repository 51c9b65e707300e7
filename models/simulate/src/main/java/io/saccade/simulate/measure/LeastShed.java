package io.saccade.simulate.measure;

import io.saccade.budget.Settings;
import io.saccade.simulate.load.Capacity;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.load.Scenario;
import java.util.List;

/**
 * The least share of frames that must go unseen: every frame is only glanced at, oldest first, by
 * someone who knows that the load will not get better. He spends the budget from a bucket as deep
 * as the savings and the debt of the law together (a fifth of a window's budget), at most 0.95 of
 * what the core gives. A budget in multiply-adds or none leaves him the core. What even he cannot
 * look at within the maximum age is lost.
 */
public final class LeastShed {
  private static final double BUCKET_WINDOWS = 0.2;

  private LeastShed() {}

  /** Share of all frames. */
  public static double share(Scenario scenario, List<Frame> frames) {
    double window = scenario.settings().windowNanos() / 1e9;
    double depth = BUCKET_WINDOWS * scenario.asked().cores(0) * window;
    double tokens = depth;
    double filled = 0;
    double free = 0;
    double nextPause = scenario.host().pauseEverySeconds();
    long lost = 0;
    for (Frame frame : frames) {
      double start = up(scenario, Math.max(free, frame.available() / 1e9));
      if (nextPause > 0 && start >= nextPause) {
        start += scenario.host().pauseSeconds();
        nextPause += scenario.host().pauseEverySeconds();
      }
      double budget = scenario.asked().cores(start);
      double cpu =
          (frame.content().nanos(1) + Capacity.OVERHEAD_NANOS)
              / 1e9
              * scenario.host().slowness().at(start);
      tokens = Math.min(depth, tokens + (start - filled) * budget);
      filled = start;
      double wait = Math.max(0, cpu - tokens) / budget;
      double age = start + wait - frame.captured() / 1e9;
      if (start < scenario.seconds() && age > scenario.settings().maxAgeNanos() / 1e9) {
        lost++;
        tokens -= Capacity.UNSEEN_NANOS / 1e9;
        free = start + Capacity.UNSEEN_NANOS / 1e9;
      } else {
        tokens = Math.min(depth, tokens + wait * budget) - cpu;
        filled = start + wait;
        free = start + wait + cpu * scenario.host().theft().at(start) / Settings.USABLE_CORE;
      }
    }
    return frames.isEmpty() ? 0 : lost / (double) frames.size();
  }

  private static double up(Scenario scenario, double seconds) {
    return scenario.host().down().contains(seconds) ? scenario.host().down().until() : seconds;
  }
}
