package io.saccade.simulate.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Eighty subtasks under one budget; news takes a quarter of a second. */
class ConvergenceTest {
  private static final int SUBTASKS = 80;
  private static final double DELAY = 0.25;

  private static Convergence of(Mishap mishap) {
    return Convergence.of(mishap, SUBTASKS, DELAY, 7);
  }

  @Test
  void aJumpIsSharedOutAsSoonAsItsNewsIsThere() {
    Convergence jump = of(Mishap.JUMP);
    // A quarter of a second since the last news at most, and its way.
    assertThat(jump.settledSeconds()).isBetween(DELAY, 1.0);
    assertThat(jump.struck()).isEqualTo(0.1);
  }

  @Test
  void whatTheVanishedHadIsTakenUpWithinThreeSeconds() {
    Convergence vanish = of(Mishap.VANISH);
    assertThat(vanish.settledSeconds()).isBetween(1.0, 3.0);
    assertThat(vanish.mostOver()).isLessThan(0.01);
    assertThat(vanish.leastUnder()).isBetween(0.05, 0.2);
  }

  @Test
  void thoseThatAreNotHeardCostTheirEqualSharesForAsLong() {
    Convergence mute = of(Mishap.MUTE);
    // B (1 + k / P), as docs/adr/0011 says.
    assertThat(mute.mostOver()).isCloseTo(0.1, within(0.01));
    assertThat(mute.settledSeconds()).isLessThan(2.5);
  }

  @Test
  void withoutAnyNewsTheBudgetHoldsAllTheSame() {
    Convergence cut = of(Mishap.CUT);
    assertThat(cut.mostOver()).isLessThan(0.5);
    assertThat(cut.settledSeconds()).isLessThan(2.5);
  }

  @Test
  void theSameSeedGivesTheSame() {
    assertThat(of(Mishap.DEAF)).isEqualTo(of(Mishap.DEAF));
  }

  @Test
  void withoutAMishapAllAgree() {
    Crew crew = new Crew(SUBTASKS, DELAY, 7);
    while (crew.seconds() < 4) {
      crew.step();
    }
    assertThat(crew.off(crew.shares(), crew.ideal())).isLessThan(1e-9);
  }
}
