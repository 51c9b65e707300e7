package io.saccade.simulate.subtask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.simulate.load.Course;
import io.saccade.simulate.load.Crowds;
import io.saccade.simulate.subtask.Fleet.Treatment;
import io.saccade.simulate.subtask.Fleet.Trouble;
import io.saccade.simulate.subtask.PeerLog.Share;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TraceFile;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four subtasks under one budget, on the recorded looks of the shipped model. */
class FleetTest {
  private static final Trace TRACE = TraceFile.shipped();
  private static final long SEED = 42;
  private static final double CUT = 40;
  private static final double CUT_ENDS = 50;

  private static final List<Course> SKEWED =
      List.of(Course.steady(0.7), Course.steady(0.1), Course.steady(0.1), Course.steady(0.1));

  @Test
  void theSubtaskWithTheCamerasGetsTheBudgetAndTheSumIsHeld() {
    List<PeerLog> logs = run(1, SKEWED, Trouble.NONE);
    assertThat(share(logs.get(0), 30)).isCloseTo(0.7, within(0.03));
    assertThat(used(logs, 10, 70)).isCloseTo(1, within(0.01));
    assertThat(used(logs, 60, 120)).isCloseTo(1, within(0.01));
    for (int from = 10; from <= 110; from += 10) {
      assertThat(used(logs, from, from + 10)).isCloseTo(1, within(0.05));
    }
    // Alike cameras are looked at alike, wherever they are.
    double first = looksPerFrame(logs.get(0));
    double last = looksPerFrame(logs.get(3));
    assertThat(last).isCloseTo(first, within(0.15 * first));
  }

  @Test
  void sharesAreAtRestWhileNothingChanges() {
    List<Course> equal = Collections.nCopies(4, Course.steady(0.25));
    for (PeerLog log : run(1.6, equal, Trouble.NONE)) {
      double[] late =
          log.shares().stream()
              .filter(share -> share.seconds() > 90)
              .mapToDouble(Share::cores)
              .sorted()
              .toArray();
      assertThat(late[late.length - 1] / late[0]).isLessThan(1.02);
    }
  }

  @Test
  void aVanishedSubtasksShareIsTakenUpWithinThreeSeconds() {
    List<Course> equal = Collections.nCopies(4, Course.steady(0.25));
    List<PeerLog> logs = run(1.6, equal, Trouble.vanishing(1, CUT));
    logs = List.of(logs.get(0), logs.get(2), logs.get(3));
    assertThat(sum(logs, CUT + 1)).isLessThan(1.3);
    assertThat(sum(logs, CUT + 3)).isCloseTo(1.6, within(0.001));
    assertThat(used(logs, CUT + 4, CUT + 34)).isCloseTo(1.6, within(0.05));
  }

  @Test
  void withoutAnyNewsAllTakeEqualSharesAndFindBackTogether() {
    List<PeerLog> logs = run(1, SKEWED, Trouble.mute(Trouble.ALL, CUT, CUT_ENDS));
    for (PeerLog log : logs) {
      assertThat(share(log, CUT + 4)).isEqualTo(0.25);
    }
    assertThat(used(logs, CUT, CUT_ENDS)).isLessThan(1.02);
    assertThat(share(logs.get(0), CUT_ENDS + 2)).isCloseTo(0.7, within(0.03));
  }

  @Test
  void aSubtaskThatHearsNothingTakesItsEqualShareAndTheOthersLeaveItThat() {
    List<PeerLog> logs = run(1, SKEWED, Trouble.deaf(1, CUT, CUT_ENDS));
    assertThat(share(logs.get(1), CUT + 4)).isEqualTo(0.25);
    assertThat(sum(logs, CUT + 4.5)).isCloseTo(1, within(0.001));
    assertThat(used(logs, CUT, CUT_ENDS)).isLessThan(1.02);
  }

  @Test
  void aSubtaskThatNobodyHearsCostsAtMostItsEqualShareMore() {
    List<PeerLog> logs = run(1, SKEWED, Trouble.mute(1, CUT, CUT_ENDS));
    assertThat(sum(logs, CUT + 4.5)).isCloseTo(1.25, within(0.001));
    assertThat(used(logs, CUT + 4, CUT_ENDS)).isLessThan(1.25);
    assertThat(used(logs, CUT_ENDS + 2, CUT_ENDS + 12)).isCloseTo(1, within(0.05));
  }

  @Test
  void theShareMovesWithTheLoadWithinASecond() {
    List<Course> moving =
        List.of(
            Course.between(0, CUT, 0.6, 0.1),
            Course.between(0, CUT, 0.1, 0.6),
            Course.steady(0.15),
            Course.steady(0.15));
    List<PeerLog> logs = run(1, moving, Trouble.NONE);
    assertThat(share(logs.get(1), CUT - 1)).isLessThan(0.15);
    assertThat(share(logs.get(1), CUT + 1.5)).isGreaterThan(0.45);
    for (double seconds = 5; seconds < 119; seconds += 0.5) {
      assertThat(sum(logs, seconds)).isLessThan(1.45);
    }
    assertThat(used(logs, CUT, CUT + 10)).isCloseTo(1, within(0.08));
  }

  private static List<PeerLog> run(double budget, List<Course> loads, Trouble trouble) {
    return Fleet.run(
        budget, Crowds.job(budget, loads, TRACE, SEED), TRACE, trouble, Treatment.FAIR, SEED);
  }

  private static double used(List<PeerLog> logs, double from, double until) {
    return logs.stream().mapToDouble(log -> log.used(from, until)).sum();
  }

  private static double sum(List<PeerLog> logs, double seconds) {
    return logs.stream().mapToDouble(log -> share(log, seconds)).sum();
  }

  /** The share in force at a moment. */
  private static double share(PeerLog log, double seconds) {
    double cores = 0;
    for (Share share : log.shares()) {
      if (share.seconds() <= seconds) {
        cores = share.cores();
      }
    }
    return cores;
  }

  private static double looksPerFrame(PeerLog log) {
    return log.seen().stream()
        .filter(seen -> seen.seconds() > 20)
        .mapToInt(seen -> Math.max(0, seen.looks()))
        .average()
        .orElse(0);
  }
}
