package io.saccade.evaluate;

import io.saccade.gfnet.Frontier;
import io.saccade.gfnet.Sight;
import java.util.List;

/** What really happened at one operating point, beside what a replay says of it. */
final class RealRun {
  private final int position;
  private final float[] thresholds;
  private long frames;
  private long cpuNanos;
  private long replayedNanos;
  private int differing;

  RealRun(int position, Frontier.Point point) {
    this.position = position;
    thresholds = point.thresholds();
  }

  float[] thresholds() {
    return thresholds;
  }

  /** Notes a frame that was classified with these thresholds, and the same one at full depth. */
  void add(Sight.Verdict verdict, Sighting full) {
    List<Sight.Look> looks = verdict.looks();
    int replayed = full.looksTaken(thresholds);
    frames++;
    cpuNanos += verdict.decodeNanos() + looks.stream().mapToLong(Sight.Look::cpuNanos).sum();
    replayedNanos += full.cpuNanos(replayed);
    if (looks.size() != replayed || verdict.best() != full.looks().get(replayed - 1).best()) {
      differing++;
    }
  }

  Report.RealRun report() {
    return new Report.RealRun(
        position, cpuNanos / 1e6 / frames, replayedNanos / 1e6 / frames, differing);
  }
}
