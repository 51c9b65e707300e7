package io.saccade.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTimeTest {

  /** Ten decisions a second at 50 microseconds each would be half a thousandth of a core. */
  @Test
  void aDecisionTakesMicroseconds() {
    Controller law = Histories.controller(ControllerKind.LAW);
    Settings settings = Settings.of(0.8);
    List<Observation> log = Histories.wild(2, 2_000);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      long start = System.nanoTime();
      double[] memory = Histories.remember(law, settings, log);
      long each = (System.nanoTime() - start) / log.size();
      assertThat(law.accepts(memory)).isTrue();
      best = Math.min(best, each);
    }
    System.out.printf("a decision takes %.1f microseconds%n", best / 1e3);
    assertThat(best).isLessThan(50_000);
  }
}
