package io.saccade.simulate;

import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.Frontier;
import io.saccade.gfnet.Frontier.Point;
import io.saccade.simulate.trace.Clip;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TracedFrame;
import io.saccade.simulate.trace.TracedFrame.TracedLook;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Traces of networks that were never trained. */
public final class Traces {
  private static final long DECODE = 700_000;
  private static final long GLANCE = 2_200_000;
  private static final long FOCUS = 2_400_000;

  private Traces() {}

  /** Three looks, confidences evenly spread, so that thresholds are exit shares. */
  public static Frontier frontier() {
    List<Point> points = new ArrayList<>();
    for (int point = 0; point <= 10; point++) {
      double going = point / 10.0;
      float threshold = point == 10 ? 2 : (float) going;
      points.add(
          new Point(
              new float[] {threshold, threshold},
              new double[] {1 - going, going - going * going, going * going},
              1 + going + going * going,
              0.5));
    }
    return new Frontier(points);
  }

  /** Twelve clips of thirty frames; each look has its own confidence. */
  public static Trace mixed(long seed) {
    return mixed(seed, frontier());
  }

  public static Trace mixed(long seed, Frontier frontier) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Clip> clips = new ArrayList<>();
    for (int clip = 0; clip < 12; clip++) {
      List<TracedFrame> frames = new ArrayList<>();
      for (int frame = 0; frame < 30; frame++) {
        frames.add(frame(random, frontier.looks()));
      }
      clips.add(new Clip("clip-" + clip, "class-" + clip % 3, frames));
    }
    return trace(frontier, clips);
  }

  private static TracedFrame frame(SplittableRandom random, int looks) {
    List<TracedLook> traced = new ArrayList<>();
    for (int look = 0; look < looks; look++) {
      boolean right = random.nextDouble() < 0.5 + 0.15 * look;
      traced.add(new TracedLook(look == 0 ? GLANCE : FOCUS, (float) random.nextDouble(), right));
    }
    return new TracedFrame(DECODE, traced);
  }

  private static Trace trace(Frontier frontier, List<Clip> clips) {
    return new Trace(
        "untrained",
        "0.0.0",
        "0".repeat(64),
        new StageCosts(DECODE, GLANCE, FOCUS),
        new LookWork(75e6, 70e6),
        frontier,
        clips);
  }
}
