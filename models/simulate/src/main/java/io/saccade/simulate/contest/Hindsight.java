package io.saccade.simulate.contest;

import io.saccade.simulate.contest.Contender.Setting;
import io.saccade.simulate.measure.Measures;
import io.saccade.simulate.measure.RunLog;

/**
 * Finds the fixed point that got most frames right without spending more than the budget over the
 * whole scenario: tries all points of the frontier. Glances only when all of them spend more.
 */
final class Hindsight {
  private static final double TOLERANCE = 1.01;

  private Hindsight() {}

  static RunLog best(Setting setting) {
    RunLog best = run(setting, 0);
    double mostRight = Measures.of(best, setting.trace(), 0).yield();
    for (int point = 1; point <= setting.trace().last(); point++) {
      RunLog log = run(setting, point);
      Measures measures = Measures.of(log, setting.trace(), 0);
      boolean affordable = measures.share() <= TOLERANCE;
      if (affordable && measures.yield() > mostRight) {
        best = log;
        mostRight = measures.yield();
      }
    }
    return best;
  }

  private static RunLog run(Setting setting, int point) {
    return Contender.evenly(setting, Contender.fixed(setting.trace(), point));
  }
}
