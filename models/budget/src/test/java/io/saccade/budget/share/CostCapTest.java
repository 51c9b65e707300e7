package io.saccade.budget.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CostCapTest {

  @Test
  void anotherUnitLeavesItAsFullAsItWas() {
    CostCap cap = new CostCap(0);
    cap.passes(1e9, 1);
    cap.spends(1.5e9);
    cap.passes(0.1, 0);
    assertThat(cap.saved()).isCloseTo(-0.05, within(1e-12));
  }

  /** A share of a small budget can be less than any number above zero. */
  @Test
  void nextToNothingIsHeldAndForgottenOnceMoreIsAllowed() {
    CostCap cap = new CostCap(0);
    cap.passes(0, 1);
    cap.spends(0.01);
    cap.passes(0, 0.1);
    assertThat(cap.allowsGlance()).isFalse();
    cap.passes(0.1, 0.1);
    assertThat(cap.saved()).isFinite();
    cap.passes(0.1, 5);
    assertThat(cap.allowsGlance()).isTrue();
  }
}
