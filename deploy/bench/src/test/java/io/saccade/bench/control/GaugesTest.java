package io.saccade.bench.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.bench.control.Trial.Change;
import io.saccade.simulate.measure.RunLog;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GaugesTest {

  private static Trial trial(String name) {
    return Trials.of(Scenes.trace(), 1, List.of(name)).get(0);
  }

  private static RunLog log(Trial trial, List<Status> decisions) {
    Journal journal = new Journal(Topics.DEFAULT);
    decisions.forEach(journal::book);
    return Chronicle.of(trial.scenario(), Scenes.CLOCK, List.of(), journal, 0);
  }

  @Test
  void theControllerAloneIsSeenInTheSilenceAtTheEnd() {
    List<Status> decisions = new ArrayList<>();
    decisions.add(Scenes.decision(1.0, 9, 0.080, 0.08));
    // What the last frame left behind.
    decisions.add(Scenes.decision(1.1, 0, 0.050, 0));
    for (int tick = 0; tick < 10; tick++) {
      decisions.add(Scenes.decision(1.4 + tick / 10.0, 0, 0.0002, 0));
    }

    assertThat(Gauges.idleCores(decisions)).isCloseTo(0.002, within(1e-6));
  }

  @Test
  void withoutASilenceNothingIsSaidOfTheController() {
    assertThat(Gauges.idleCores(List.of(Scenes.decision(1, 9, 0.08, 0.08)))).isZero();
  }

  @Test
  void aTheftIsAsStrongAsItMakesTheSameWorkLonger() {
    Trial theft = trial(Trials.THEFT);
    List<Status> decisions = new ArrayList<>();
    for (int tick = 1; tick < 300; tick++) {
      double seconds = tick / 10.0;
      boolean stolen = theft.scenario().trouble().contains(seconds);
      decisions.add(Scenes.decision(seconds, 9, 0.05, stolen ? 0.09 : 0.06));
    }

    RunLog log = log(theft, decisions);

    assertThat(Gauges.theft(log.dials(), theft)).isCloseTo(1.5, within(1e-6));
    assertThat(Gauges.theft(log.dials(), trial(Trials.EVEN))).isEqualTo(1);
  }

  @Test
  void spendingFollowsWhenTheNextSecondSpendsTheNewBudget() {
    Trial trial = trial(Trials.BUDGET).changing(List.of(new Change(10, 0.4), new Change(20, 0.8)));
    List<Status> decisions = new ArrayList<>();
    for (int tick = 1; tick <= 440; tick++) {
      double seconds = tick / 10.0;
      // Two seconds late, and never again.
      decisions.add(Scenes.decision(seconds, 9, seconds < 12 ? 0.08 : 0.04, 0.08));
    }

    List<Double> followed = Gauges.secondsToFollow(log(trial, decisions), trial);

    assertThat(followed.get(0)).isCloseTo(2, within(0.21));
    assertThat(followed.get(1)).isEqualTo(trial.scenario().seconds() - 20);
  }
}
