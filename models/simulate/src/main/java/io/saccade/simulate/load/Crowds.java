package io.saccade.simulate.load;

import io.saccade.simulate.load.Load.Clips;
import io.saccade.simulate.load.Load.Content;
import io.saccade.simulate.load.Scenario.Kind;
import io.saccade.simulate.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Cameras that have to share: within one subtask, or among the subtasks of a job. */
public final class Crowds {
  private static final double BUDGET = 0.8;
  private static final double TROUBLE = 60;
  private static final double SECONDS = 120;
  private static final int CAMERAS = 10;

  private Crowds() {}

  /**
   * What one camera among ten does from the 60th second on.
   *
   * @param share of all frames that are its own before
   * @param flood factor by which it sends more then
   * @param hardest whether it shows only the hardest clip then
   */
  public record Misbehaviour(double share, double flood, boolean hardest) {
    /** The same camera, behaving. */
    public Misbehaviour none() {
      return new Misbehaviour(share, 1, false);
    }
  }

  /** A frame, and what it is a frame of. */
  public record Crowd(Scenario scenario, List<Frame> frames) {}

  /** Ten cameras of one subtask of which camera 0 misbehaves; the others send the same always. */
  public static Crowd misbehaving(Misbehaviour what, Trace trace, long seed) {
    double rate = Capacity.of(trace, BUDGET).midway();
    double own = rate * what.share();
    Content content =
        (camera, seconds) -> what.hardest() && seconds >= TROUBLE ? Clips.HARDEST : Clips.ALL;
    Scenario one =
        scenario(
            "misbehaving",
            Load.of(seconds -> seconds < TROUBLE ? own : own * what.flood())
                .spaced(Load.Spacing.POISSON, 1)
                .showing(content));
    Scenario others =
        scenario(
            "others", Load.of(Course.steady(rate - own)).spaced(Load.Spacing.POISSON, CAMERAS - 1));
    List<Frame> frames = new ArrayList<>(Arrivals.of(one, trace, seed));
    for (Frame frame : Arrivals.of(others, trace, seed + 10)) {
      frames.add(renumbered(frame, 1));
    }
    frames.sort(inOrder());
    Scenario both =
        scenario("crowd", Load.of(Course.steady(rate)).spaced(Load.Spacing.POISSON, CAMERAS));
    return new Crowd(both.troubled(TROUBLE, both.seconds()), List.copyOf(frames));
  }

  /**
   * The cameras of the subtasks of a job, ten each.
   *
   * @param loads of each subtask over time, as a share of what the job's budget pays for midway
   *     between glances and every look
   */
  public static List<Crowd> job(double budget, List<Course> loads, Trace trace, long seed) {
    double rate = Capacity.of(trace, budget).midway();
    List<Crowd> crowds = new ArrayList<>();
    for (int subtask = 0; subtask < loads.size(); subtask++) {
      Course load = loads.get(subtask);
      Scenario scenario =
          scenario("subtask-" + subtask, Load.of(seconds -> rate * load.at(seconds)));
      List<Frame> own = new ArrayList<>();
      for (Frame frame : Arrivals.of(scenario, trace, seed + 100L * subtask)) {
        own.add(renumbered(frame, subtask * CAMERAS));
      }
      crowds.add(new Crowd(scenario, own));
    }
    return crowds;
  }

  private static Scenario scenario(String name, Load load) {
    return Scenario.of(name, name, Kind.OTHER, BUDGET, load).lasting(SECONDS);
  }

  private static Frame renumbered(Frame frame, int by) {
    return new Frame(
        frame.captured(),
        frame.stamped(),
        frame.available(),
        frame.camera() + by,
        frame.sequence(),
        frame.content());
  }

  private static Comparator<Frame> inOrder() {
    return Comparator.comparingLong(Frame::available)
        .thenComparingInt(Frame::camera)
        .thenComparingLong(Frame::sequence);
  }
}
