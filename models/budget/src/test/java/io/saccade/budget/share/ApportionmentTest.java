package io.saccade.budget.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ApportionmentTest {

  @Test
  void changesNothingWhenAllWeighTheSame() {
    double[] each = Apportionment.perFrame(0.7, 2, new double[] {3, 0, 90}, new double[] {2, 2, 2});
    assertThat(each).containsExactly(0.7, 0.7, 0.7);
  }

  @Test
  void twiceTheWeightIsTwiceTheLooks() {
    double[] each = Apportionment.perFrame(0.6, 2, new double[] {10, 10}, new double[] {1, 2});
    assertThat(each[0]).isCloseTo(0.4, within(1e-9));
    assertThat(each[1]).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void whatAHeavyCameraCannotTakeGoesToTheOthers() {
    double[] each = Apportionment.perFrame(1.5, 2, new double[] {10, 10}, new double[] {1, 100});
    assertThat(each[0]).isCloseTo(1, within(1e-9));
    assertThat(each[1]).isCloseTo(2, within(1e-9));
  }

  @Property(seed = "1")
  void theMeanOverAllFramesStaysWhatIsAfforded(
      @ForAll @DoubleRange(min = 0, max = 2) double mean, @ForAll long seed) {
    Random random = new Random(seed);
    double[] frames = random.doubles(5, 0.1, 30).toArray();
    double[] weights = random.doubles(5, 0.1, 10).toArray();
    double[] each = Apportionment.perFrame(mean, 2, frames, weights);
    double sum = 0;
    double all = 0;
    for (int camera = 0; camera < 5; camera++) {
      assertThat(each[camera]).isBetween(0.0, 2.0);
      sum += frames[camera] * each[camera];
      all += frames[camera];
    }
    assertThat(sum / all).isCloseTo(mean, within(1e-9));
  }

  @Test
  void refusesWeightsThatAreNone() {
    for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(
              () -> Apportionment.perFrame(1, 2, new double[] {1}, new double[] {weight}))
          .hasMessage("weight must be above 0 and finite, but was " + weight);
    }
    assertThatThrownBy(() -> Apportionment.perFrame(3, 2, new double[] {1}, new double[] {1}))
        .hasMessage("mean must be within [0, 2.0], but was 3.0");
  }
}
