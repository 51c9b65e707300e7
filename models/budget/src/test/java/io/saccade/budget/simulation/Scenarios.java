package io.saccade.budget.simulation;

import io.saccade.budget.simulation.Scenario.Spacing;
import java.util.List;

/** The days a subtask may have. */
final class Scenarios {
  /** Demand at full depth is beyond the budget, glances alone are not: the budget is used up. */
  static final List<Scenario> STEADY =
      List.of(
          Scenario.of("even 150/s", 0.8, Course.steady(150)).spaced(Spacing.EVEN, 10),
          Scenario.of("Poisson 150/s", 0.8, Course.steady(150)),
          Scenario.of("small budget 60/s", 0.3, Course.steady(60)),
          Scenario.of("together 20x5/s", 0.5, Course.steady(100)).spaced(Spacing.TOGETHER, 20),
          Scenario.of("100 cameras 200/s", 0.8, Course.steady(200)).spaced(Spacing.POISSON, 100),
          Scenario.of("pauses 150 ms / 5 s", 0.8, Course.steady(120)).pausing(5),
          Scenario.of("a camera ahead", 0.8, Course.steady(150)).withFutureCamera());

  /** More comes at once than can be looked at as before. */
  static final List<Scenario> OVERLOAD =
      List.of(
          Scenario.of("step 60-180-60/s", 0.8, Course.between(30, 60, 180, 60)),
          Scenario.of("burst 300/s 10 s", 0.8, Course.between(40, 50, 300, 60)),
          Scenario.of("bursts 2 s of 300/s", 0.5, Course.alternating(2, 30, 300)),
          Scenario.of("overload 6x", 0.8, Course.between(20, 90, 600, 100)),
          Scenario.of("overload 400/s 10 s", 0.8, Course.between(30, 40, 400, 60)),
          Scenario.of("silence then 300/s", 0.8, Course.between(10, 40, 0, 300)));

  /** Everything else that happens. */
  static final List<Scenario> OTHER =
      List.of(
          Scenario.of("light 60/s", 0.8, Course.steady(60)),
          Scenario.of("wave 20-280/s", 0.8, Course.wave(20, 150, 130)),
          Scenario.of("harder at 30 s", 0.8, Course.steady(150)).hard(Course.between(30, 90, 3, 1)),
          Scenario.of("stolen half 20 s", 0.8, Course.steady(90))
              .stolen(Course.between(30, 50, 2, 1)),
          Scenario.of("twice as slow 20 s", 0.8, Course.steady(90))
              .slow(Course.between(30, 50, 2, 1)),
          Scenario.of("outage 10 s", 0.8, Course.steady(90)).cutOff(30, 40),
          Scenario.of("cold start, backlog", 0.8, Course.steady(90))
              .slow(Course.warmingUp(15, 0.7))
              .cutOff(0, 5));

  private Scenarios() {}
}
