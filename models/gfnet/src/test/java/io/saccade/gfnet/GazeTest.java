package io.saccade.gfnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.gfnet.Sight.Stop;
import io.saccade.gfnet.Sight.Verdict;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GazeTest {
  private static final byte[] PICTURE = {1};

  private final ScriptedEye eye = new ScriptedEye(0.6f, 0.7f, 0.95f);
  private final Gaze gaze = new Gaze(eye, 3);

  private Verdict look(Deadline deadline, float... thresholds) {
    return (Verdict) gaze.classify(PICTURE, thresholds, deadline);
  }

  private Verdict look(float... thresholds) {
    return look(Deadline.NONE, thresholds);
  }

  @Test
  void stopsAtTheGlanceWhenAlreadySure() {
    Verdict verdict = look(0.5f, 0.5f);

    assertThat(verdict.looks()).hasSize(1);
    assertThat(verdict.stop()).isEqualTo(Stop.CONFIDENT);
    assertThat(eye.looks()).isEqualTo(1);
  }

  @Test
  void looksOnceMoreWhenNotYetSure() {
    Verdict verdict = look(0.61f, 0.69f);

    assertThat(verdict.looks()).hasSize(2);
    assertThat(verdict.stop()).isEqualTo(Stop.CONFIDENT);
    assertThat(verdict.confidence()).isEqualTo(0.7f);
  }

  @Test
  void takesEveryLookWhenNeverSure() {
    Verdict verdict = look(0.99f, 0.99f);

    assertThat(verdict.looks()).hasSize(3);
    assertThat(verdict.stop()).isEqualTo(Stop.EVERY_LOOK);
    assertThat(verdict.best()).isEqualTo(1);
  }

  @Test
  void isSureAtTheThresholdItself() {
    assertThat(look(0.6f, 2).looks()).hasSize(1);
    assertThat(look(Math.nextUp(0.6f), 2).looks()).hasSize(3);
  }

  @Test
  void takesZeroForAlwaysAndTwoForNever() {
    assertThat(look(0, 0).looks()).hasSize(1);
    assertThat(look(2, 0).looks()).hasSize(2);
    assertThat(look(2, 2).looks()).hasSize(3);
  }

  @Test
  void answersWithTheLooksDoneWhenTheDeadlineForbidsAnother() {
    Verdict verdict = look(look -> look <= 2, 2, 2);

    assertThat(verdict.looks()).hasSize(2);
    assertThat(verdict.stop()).isEqualTo(Stop.DEADLINE);
    assertThat(verdict.confidence()).isEqualTo(0.7f);
  }

  @Test
  void takesTheGlanceWhateverTheDeadline() {
    assertThat(look(look -> false, 2, 2).looks()).hasSize(1);
  }

  @Test
  void asksTheDeadlineOnlyForLooksItWouldTake() {
    List<Integer> asked = new ArrayList<>();
    Deadline deadline =
        look -> {
          asked.add(look);
          return true;
        };

    look(deadline, 0.5f, 0.5f);
    assertThat(asked).isEmpty();
    look(deadline, 2, 2);
    assertThat(asked).containsExactly(2, 3);
  }

  @Test
  void tellsOfEachLookAndOfDecoding() {
    Verdict verdict = look(2, 2);

    assertThat(verdict.looks())
        .containsExactly(
            new Sight.Look(1, 2, 3, 4, 0.6f, 1, 100),
            new Sight.Look(2, 2, 3, 4, 0.7f, 1, 100),
            new Sight.Look(3, 2, 3, 4, 0.95f, 1, 100));
    assertThat(verdict.decodeNanos()).isEqualTo(5);
  }

  @Property(tries = 300)
  void neverLooksLessForHigherThresholds(
      @ForAll @Size(3) List<@FloatRange(min = 0, max = 1) Float> confidences,
      @ForAll @Size(2) List<@FloatRange(min = 0, max = 2) Float> thresholds,
      @ForAll @FloatRange(min = 0, max = 1) float raise) {
    ScriptedEye any = new ScriptedEye(confidences.get(0), confidences.get(1), confidences.get(2));
    float[] low = {thresholds.get(0), thresholds.get(1)};
    float[] high = {low[0] + raise, low[1] + raise};

    assertThat(looks(any, high)).isGreaterThanOrEqualTo(looks(any, low));
  }

  private static int looks(ScriptedEye eye, float[] thresholds) {
    return ((Verdict) new Gaze(eye, 3).classify(PICTURE, thresholds, Deadline.NONE)).looks().size();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void refusesAnotherNumberOfThresholds(int count) {
    assertThatThrownBy(() -> look(new float[count]))
        .hasMessage(
            "there must be 2 thresholds, one for each look but the last, but there were " + count);
  }

  @Test
  void refusesAThresholdThatIsNoNumber() {
    assertThatThrownBy(() -> look(0.5f, Float.NaN))
        .hasMessage("a threshold must be a number, but was NaN");
  }

  @Test
  void closesItsEyeOnceAndLooksNoMore() {
    gaze.close();
    gaze.close();

    assertThat(eye.closed).isTrue();
    assertThatThrownBy(() -> look(1, 1)).hasMessage("the classifier is closed");
  }
}
