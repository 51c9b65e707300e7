package io.saccade.simulate.measure;

import io.saccade.gfnet.Frontier.Point;
import io.saccade.simulate.measure.RunLog.Answer;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TracedFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fixed point of the frontier would have made of the same frames at the same cost, chosen in
 * hindsight for every ten seconds. Points between two are mixtures, as for the job.
 *
 * <p>Two bounds: at exactly that cost, and the best at that cost or any lower one. The second also
 * knows when further looks make answers worse, which nobody can know in advance.
 */
public record Oracle(double sameCost, double best) {
  private static final double SEGMENT_SECONDS = 10;

  /** Over all classified frames of a run; 0 without any. */
  static Oracle of(RunLog log, Trace trace) {
    List<float[]> thresholds = trace.frontier().points().stream().map(Point::thresholds).toList();
    double same = 0;
    double best = 0;
    List<Answer> segment = new ArrayList<>();
    double until = SEGMENT_SECONDS;
    for (Answer answer : log.answers()) {
      if (answer.seconds() >= until) {
        Oracle oracle = segment(segment, thresholds);
        same += oracle.sameCost;
        best += oracle.best;
        segment.clear();
        until = SEGMENT_SECONDS * (Math.floor(answer.seconds() / SEGMENT_SECONDS) + 1);
      }
      segment.add(answer);
    }
    Oracle last = segment(segment, thresholds);
    int answers = Math.max(1, log.answers().size());
    return new Oracle((same + last.sameCost) / answers, (best + last.best) / answers);
  }

  /** Right answers of these frames, as numbers of frames. */
  private static Oracle segment(List<Answer> answers, List<float[]> thresholds) {
    long spent = 0;
    for (Answer answer : answers) {
      spent += answer.frame().content().nanos(answer.looks());
    }
    double same = 0;
    double best = 0;
    double costBefore = 0;
    double rightBefore = 0;
    for (float[] point : thresholds) {
      double cost = 0;
      double right = 0;
      for (Answer answer : answers) {
        TracedFrame frame = answer.frame().content();
        int looks = frame.looksUnder(point);
        cost += frame.nanos(looks);
        right += frame.right(looks) ? 1 : 0;
      }
      if (cost <= spent) {
        same = right;
      } else if (costBefore > 0 && costBefore < spent) {
        same = rightBefore + (right - rightBefore) * (spent - costBefore) / (cost - costBefore);
      } else if (costBefore == 0) {
        // Even glances alone cost as much as was spent.
        same = right;
      }
      best = Math.max(best, same);
      costBefore = cost;
      rightBefore = right;
    }
    return new Oracle(same, best);
  }
}
