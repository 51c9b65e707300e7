package io.saccade.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ThinningTest {

  @Property(seed = "1")
  void keepsTheShareToWithinOneFrame(
      @ForAll @DoubleRange(min = 0.01, max = 1) double keep,
      @ForAll @DoubleRange(min = 0, max = 0.99) double credit,
      @ForAll @IntRange(min = 1, max = 500) int frames) {
    Thinning thinning = new Thinning(credit);
    int kept = 0;
    for (int frame = 0; frame < frames; frame++) {
      kept += thinning.keeps(keep) ? 1 : 0;
      assertThat(thinning.credit()).isBetween(0.0, Math.nextDown(1.0));
    }
    assertThat((double) kept).isBetween(keep * frames - 1 - 1e-9, keep * frames + 1 + 1e-9);
  }

  @Property(seed = "2")
  void spacesTheKeptFramesEvenly(@ForAll @DoubleRange(min = 0.01, max = 1) double keep) {
    Thinning thinning = new Thinning(0);
    int gap = 0;
    int least = Integer.MAX_VALUE;
    int most = 0;
    boolean started = false;
    for (int frame = 0; frame < 1_000; frame++) {
      gap++;
      if (thinning.keeps(keep)) {
        least = started ? Math.min(least, gap) : least;
        most = Math.max(most, gap);
        started = true;
        gap = 0;
      }
    }
    assertThat(most - Math.min(least, most)).isLessThanOrEqualTo(1);
  }

  @Property(seed = "3")
  void goesOnFromItsCredit(
      @ForAll @DoubleRange(min = 0.01, max = 1) double keep,
      @ForAll @IntRange(max = 100) int frames) {
    Thinning whole = new Thinning(0);
    Thinning parts = new Thinning(0);
    for (int frame = 0; frame < frames; frame++) {
      parts = new Thinning(parts.credit());
      assertThat(parts.keeps(keep)).isEqualTo(whole.keeps(keep));
    }
  }

  @Test
  void keepsEveryFrameWhenAllMayBeKept() {
    Thinning thinning = new Thinning(0);
    for (int frame = 0; frame < 100; frame++) {
      assertThat(thinning.keeps(1)).isTrue();
    }
  }

  @Test
  void refusesSharesAndCreditsOutOfRange() {
    assertThatThrownBy(() -> new Thinning(1))
        .hasMessage("credit must be within [0, 1), but was 1.0");
    for (double keep : new double[] {0, -0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Thinning(0).keeps(keep))
          .hasMessage("keep must be within (0, 1], but was " + keep);
    }
  }
}
