package io.saccade.bench.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saccade.simulate.contest.Contender;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.measure.Measures;
import io.saccade.simulate.measure.RunLog;
import io.saccade.wire.Label;
import io.saccade.wire.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChronicleTest {
  private final Journal journal = new Journal(Topics.DEFAULT);
  private final List<Frame> frames =
      List.of(
          Scenes.frame(1, 0, 0),
          Scenes.frame(3, 0, 1),
          Scenes.frame(3.5, 0, 2),
          Scenes.frame(4, 0, 3),
          Scenes.frame(4.5, 0, 4));

  private static Scenario even() {
    return Trials.of(Scenes.trace(), 1, List.of(Trials.EVEN)).get(0).scenario();
  }

  private RunLog log() {
    return Chronicle.of(even(), Scenes.CLOCK, frames, journal, 2);
  }

  private Measures measured() {
    return Measures.of(log(), Scenes.trace(), 0);
  }

  @Test
  void countsWhatBecameOfEachFrameThatIsJudged() {
    journal.book(Scenes.label(0, 0, Label.CLASSIFIED, "confident", 5_000, 1));
    journal.book(Scenes.label(1, 1, Label.CLASSIFIED, "confident", 40, 3));
    journal.book(Scenes.label(2, 2, Label.SHED, "too-old", 900, 0));
    journal.book(Scenes.label(3, 3, Label.SHED, "thinned", 100, 0));
    journal.book(Scenes.label(4, 4, Label.CLASSIFIED, "deadline", 60, 2));

    Measures measures = measured();

    assertThat(measures.unaccounted()).isZero();
    assertThat(measures.shed()).isEqualTo(0.25);
    assertThat(measures.thinned()).isEqualTo(0.25);
    assertThat(measures.looks()).isEqualTo(2.5);
    // The frame of the first second is the oldest by far, and not judged.
    assertThat(measures.ageMax()).isCloseTo(0.06, within(1e-9));
    assertThat(measures.accuracy()).isEqualTo(1);
  }

  @Test
  void aFrameWithoutALabelIsMissed() {
    journal.book(Scenes.label(1, 1, Label.CLASSIFIED, "confident", 40, 1));
    journal.book(Scenes.label(1, 1, Label.CLASSIFIED, "confident", 80, 1));
    journal.book(Scenes.label(4, 4, Label.CLASSIFIED, "confident", 40, 1));

    assertThat(measured().unaccounted()).isEqualTo(2);
    assertThat(journal.duplicates()).isEqualTo(1);
  }

  @Test
  void spreadsWhatATickSpentOverItsTime() {
    journal.book(Scenes.decision(10.0, 5, 0.08, 0.08));
    journal.book(Scenes.decision(10.5, 5, 0.40, 0.45));
    journal.book(Scenes.decision(11.0, 5, 0.40, 0.45));

    RunLog log = log();

    assertThat(log.used(10, 11)).isCloseTo(0.8, within(1e-3));
    assertThat(log.used(10.2, 10.4)).isCloseTo(0.8, within(1e-3));
    assertThat(log.dials()).hasSize(3);
  }

  @Test
  void nothingIsSpentWhileTheJobIsDown() {
    journal.book(Scenes.decision(10.0, 5, 0.08, 0.08));
    journal.book(Scenes.decision(40.0, 5, 0.09, 0.09));

    assertThat(log().used(11, 39)).isZero();
    assertThat(log().used(39.5, 40) * 0.5).isCloseTo(0.09, within(1e-3));
  }

  @Test
  void leavesOutWhatCameBeforeTheRun() {
    journal.book(Scenes.decision(-1, 0, 0.5, 0));

    assertThat(log().dials()).isEmpty();
    assertThat(log().used(0, 1)).isZero();
  }

  @Test
  void refusesALabelOfAnotherFrame() {
    journal.book(Scenes.label(1, 7, Label.CLASSIFIED, "confident", 40, 1));

    assertThatThrownBy(this::log)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("offset 1 must hold sequence 1 of its camera, but its label says 7");
  }

  @Test
  void refusesAPictureThatCouldNotBeRead() {
    journal.book(Scenes.label(1, 1, Label.UNREADABLE, "corrupt", 40, 0));

    assertThatThrownBy(this::log).hasMessageContaining("but one was unreadable, corrupt");
  }

  @Test
  void theContendersAreControllersOfTheJob() {
    assertThat(Trial.of(even(), Contender.PI).controller())
        .isEqualTo(io.saccade.budget.ControllerKind.PI);
  }
}
