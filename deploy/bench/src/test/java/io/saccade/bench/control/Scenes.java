package io.saccade.bench.control;

import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.Frontier;
import io.saccade.gfnet.Frontier.Point;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.trace.Clip;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TracedFrame;
import io.saccade.simulate.trace.TracedFrame.TracedLook;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.List;

/** Frames, labels and decisions as a job might have them. */
final class Scenes {
  static final long START_MILLIS = 1_800_000_000_000L;
  static final RunClock CLOCK = new RunClock(START_MILLIS, 0);

  private Scenes() {}

  /** Three looks; the even frames of each clip are sure after the glance, the others never. */
  static Trace trace() {
    return new Trace(
        "model",
        "1",
        "0".repeat(64),
        new StageCosts(1_000_000, 2_000_000, 2_000_000),
        new LookWork(1, 1),
        new Frontier(
            List.of(
                new Point(new float[] {0, 0}, new double[] {1, 0, 0}, 1, 0.5),
                new Point(new float[] {0.8f, 0.8f}, new double[] {0.5, 0, 0.5}, 2, 0.6),
                new Point(new float[] {2, 2}, new double[] {0, 0, 1}, 3, 0.7))),
        List.of(
            new Clip("easy", "a", List.of(content(0.9f), content(0.9f), content(0.9f))),
            new Clip("hard", "b", List.of(content(0.1f), content(0.9f), content(0.1f)))));
  }

  static TracedFrame content(float confidence) {
    return new TracedFrame(
        1_000_000,
        List.of(
            new TracedLook(2_000_000, confidence, false),
            new TracedLook(2_000_000, confidence, true),
            new TracedLook(2_000_000, confidence, true)));
  }

  static Frame frame(double captured, int camera, long sequence) {
    long nanos = (long) (captured * 1e9);
    return new Frame(nanos, nanos, nanos, camera, sequence, content(0.5f));
  }

  static Label label(
      long offset, long sequence, String outcome, String reason, long ageMillis, int looks) {
    return new Label(
        Label.SCHEMA,
        "camera-0",
        sequence,
        0,
        offset,
        START_MILLIS,
        outcome,
        reason,
        List.of(),
        java.util.Collections.nCopies(looks, new Label.Look(0, 0, 1, 1, 0.5f, 1)),
        List.of(),
        0,
        0,
        0,
        0,
        0,
        ageMillis,
        "model",
        "0");
  }

  /** A decision at a moment of the run. */
  static Status decision(double seconds, long arrivals, double spentSeconds, double busySeconds) {
    long now = START_MILLIS * 1_000_000 + Math.round(seconds * 1e9);
    return Status.decision(
        new Status.From(0, 1, now / 1_000_000, 0),
        "law",
        new Status.Settings(0.8, 200_000_000, 800_000_000, 10_000_000_000L, 500_000_000),
        new Status.Seen(
            now,
            arrivals,
            0,
            arrivals == 0 ? Long.MAX_VALUE : 0,
            0,
            0,
            0,
            0,
            0,
            0,
            Math.round(spentSeconds * 1e9),
            Math.round(busySeconds * 1e9)),
        List.of(),
        new Status.Decided(1, 1, 100, 100, 5_000_000, 1),
        null);
  }

  /** A job of one or more subtasks follows a budget. */
  static Status accepted(long epoch, int subtask, int parallelism, long atMillis) {
    return Status.answer(
        new Status.From(subtask, parallelism, atMillis, epoch), Status.CONTROL_ACCEPTED, null);
  }
}
