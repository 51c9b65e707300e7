package io.saccade.simulate.subtask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.budget.drift.AccuracyEstimate;
import io.saccade.budget.drift.Audit;
import io.saccade.budget.drift.AuditLog;
import io.saccade.budget.drift.AuditedFrame;
import io.saccade.budget.drift.Interval;
import io.saccade.simulate.load.Arrivals;
import io.saccade.simulate.load.Crowds.Crowd;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.load.Scenarios;
import io.saccade.simulate.subtask.Fleet.Treatment;
import io.saccade.simulate.subtask.Fleet.Trouble;
import io.saccade.simulate.subtask.PeerLog.Seen;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TraceFile;
import io.saccade.simulate.trace.TracedFrame;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of the answers without labels, against the labels of the recorded frames. */
class HonestyTest {
  private static final Trace TRACE = TraceFile.shipped();
  private static final int RUNS = 10;
  private static final int CALIBRATION_CLIPS = 14;

  @ParameterizedTest
  @ValueSource(strings = {"even", "poisson", "drift"})
  void whatIsSaidOfTheAnswersHolds(String name) {
    Scenario scenario = scenario(name);
    int accuracyHeld = 0;
    int agreementHeld = 0;
    double agreementOff = 0;
    double used = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      PeerLog log = run(scenario, seed);
      used += log.used(10, 90) / RUNS;
      double right = log.right(camera -> true, 0, 90);
      accuracyHeld += accuracy(log).contains(right) ? 1 : 0;
      double position = log.shares().get(log.shares().size() - 1).point().position();
      float[] now = TRACE.frontier().points().get((int) Math.round(position)).thresholds();
      Interval agreement = audits(log).agreement(now);
      double truth = agreement(log, now);
      agreementHeld += agreement.contains(truth) ? 1 : 0;
      agreementOff += Math.abs(agreement.share() - truth) / RUNS;
    }
    assertThat(accuracyHeld).isEqualTo(RUNS);
    assertThat(agreementHeld).isGreaterThanOrEqualTo(8);
    assertThat(agreementOff).isLessThan(0.02);
    // Audits are paid from the budget.
    assertThat(used).isCloseTo(0.8, within(0.008));
  }

  private static Interval accuracy(PeerLog log) {
    AccuracyEstimate estimate = new AccuracyEstimate(CALIBRATION_CLIPS);
    double now = 0;
    for (Seen seen : log.seen()) {
      if (seen.looks() > 0) {
        estimate.passes(Math.max(0, seen.seconds() - now));
        now = seen.seconds();
        estimate.answered(
            camera(seen), seen.frame().content().looks().get(seen.looks() - 1).confidence());
      }
    }
    return estimate.accuracy();
  }

  private static AuditLog audits(PeerLog log) {
    AuditLog audits = new AuditLog(TRACE.looks());
    for (Seen seen : log.seen()) {
      if (Audit.USUAL.chooses(seen.frame().seed()) && seen.looks() == TRACE.looks()) {
        audits.add(audited(seen), (long) (seen.seconds() * 1_000));
      }
    }
    assertThat(audits.size()).isBetween(40, 200);
    return audits;
  }

  /** The trace does not tell which wrong class was answered: all wrong answers are the same. */
  private static AuditedFrame audited(Seen seen) {
    TracedFrame content = seen.frame().content();
    float[] confidences = new float[TRACE.looks()];
    int[] best = new int[TRACE.looks()];
    for (int look = 0; look < best.length; look++) {
      confidences[look] = content.looks().get(look).confidence();
      best[look] = content.right(look + 1) ? 0 : 1;
    }
    return new AuditedFrame(camera(seen), confidences, best);
  }

  private static double agreement(PeerLog log, float[] thresholds) {
    return log.seen().stream()
        .map(seen -> seen.frame().content())
        .mapToInt(
            frame ->
                frame.right(frame.looksUnder(thresholds)) == frame.right(TRACE.looks()) ? 1 : 0)
        .average()
        .orElse(0);
  }

  private static PeerLog run(Scenario scenario, long seed) {
    Crowd crowd = new Crowd(scenario, Arrivals.of(scenario, TRACE, seed));
    return Fleet.run(
            scenario.budgetCores(),
            List.of(crowd),
            TRACE,
            Trouble.NONE,
            Treatment.AUDITED,
            seed + 5)
        .get(0);
  }

  private static String camera(Seen seen) {
    return "camera-" + seen.frame().camera();
  }

  private static Scenario scenario(String name) {
    return Scenarios.of(TRACE).stream()
        .filter(scenario -> scenario.name().equals(name))
        .findAny()
        .orElseThrow();
  }
}
