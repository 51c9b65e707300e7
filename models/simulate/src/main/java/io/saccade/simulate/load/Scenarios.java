package io.saccade.simulate.load;

import io.saccade.budget.Budget;
import io.saccade.simulate.load.Load.Clips;
import io.saccade.simulate.load.Load.Content;
import io.saccade.simulate.load.Load.Spacing;
import io.saccade.simulate.load.Scenario.Kind;
import io.saccade.simulate.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * The days a subtask may have. Loads are multiples of what the budget pays for with this model, see
 * {@link Capacity}.
 */
public final class Scenarios {
  private static final double BUDGET = 0.8;
  private static final double CUT_SECONDS = 45;

  private final Trace trace;
  private final Capacity usual;

  private Scenarios(Trace trace) {
    this.trace = trace;
    this.usual = Capacity.of(trace, BUDGET);
  }

  /** All of them, for a model. */
  public static List<Scenario> of(Trace trace) {
    Scenarios scenarios = new Scenarios(trace);
    List<Scenario> all = new ArrayList<>(scenarios.steady());
    all.addAll(scenarios.overload());
    all.addAll(scenarios.other());
    return all;
  }

  private List<Scenario> steady() {
    double mid = usual.midway();
    Load poisson = Load.of(Course.steady(mid));
    double small = Capacity.of(trace, 0.3).midway();
    double half = Capacity.of(trace, 0.5).midway();
    return List.of(
        steady("even", "evenly spaced frames", BUDGET, poisson.spaced(Spacing.EVEN, 10)),
        steady("poisson", "frames at random, at a constant rate", BUDGET, poisson),
        steady("small-budget", "a budget of 0.3 cores", 0.3, Load.of(Course.steady(small))),
        steady(
            "together",
            "all cameras at the same instant, five times a second",
            0.5,
            Load.of(Course.steady(half)).spaced(Spacing.TOGETHER, 20)),
        steady(
            "hundred-cameras",
            "100 cameras of unequal rate",
            BUDGET,
            poisson.spaced(Spacing.POISSON, 100)),
        steady("pauses", "garbage collections of 150 ms, every 5 s", BUDGET, poisson)
            .on(Host.pausing(5, 0.15)),
        steady("future-camera", "one camera's clock is ten minutes ahead", BUDGET, poisson)
            .by(new Transport(Span.NEVER, true, 0, 0)),
        steady(
                "disorder",
                "a tenth of the frames late, a tenth with doubled stamps",
                BUDGET,
                poisson)
            .by(new Transport(Span.NEVER, false, 0.1, 0.1)),
        steady("clock-steps", "the host's clock jumps 300 ms ahead, and back", BUDGET, poisson)
            .on(Host.clock(Course.between(30, 60, 0.3, 0)))
            .troubled(30, 60),
        Scenario.of(
            "multiply-adds",
            "a budget in multiply-adds: every second patch",
            Kind.STEADY,
            Asked.always(Budget.multiplyAdds(mid * glanceAndHalfThePatches())),
            poisson),
        Scenario.of(
                "budget-cut",
                "the budget is cut by a third while the job runs",
                Kind.STEADY,
                new Asked(Budget.cores(BUDGET), CUT_SECONDS, Budget.cores(BUDGET * 2 / 3)),
                Load.of(Course.steady(0.8 * mid)).spaced(Spacing.EVEN, 10))
            .troubled(CUT_SECONDS, Scenario.SECONDS));
  }

  /** Multiply-adds of a glance, and of half of the patches that may follow. */
  private double glanceAndHalfThePatches() {
    return trace.work().glance() + (trace.looks() - 1) / 2.0 * trace.work().focus();
  }

  private List<Scenario> overload() {
    double calm = 0.65 * usual.everyLook();
    double flood = 1.15 * usual.glanceOnly();
    double half = Capacity.of(trace, 0.5).everyLook();
    return List.of(
        Scenario.of(
                "step-x3",
                "evenly spaced frames, three times the load for 30 s",
                Kind.OVERLOAD,
                BUDGET,
                Load.of(Course.between(30, 60, 3 * calm, calm)).spaced(Spacing.EVEN, 10))
            .troubled(30, 60),
        overload(
                "burst",
                "10 s of 1.15 times what glances alone can do",
                Course.between(40, 50, flood, calm))
            .troubled(40, 50),
        overload(
                "spike",
                "10 s of 1.6 times what glances alone can do",
                Course.between(30, 40, 1.6 * usual.glanceOnly(), calm))
            .troubled(30, 40),
        Scenario.of(
            "on-off",
            "2 s of little, 2 s of 3.5 times what every look can do",
            Kind.OVERLOAD,
            0.5,
            Load.of(Course.alternating(2, 0.3 * half, 3.5 * half))),
        overload(
                "overload-6x",
                "six times the load",
                Course.between(20, 90, 6 * usual.everyLook(), usual.everyLook()))
            .troubled(20, 90),
        overload(
                "silence-then-flood",
                "nothing for 30 s, then 1.15 times what glances alone can do",
                Course.between(10, 40, 0, flood))
            .troubled(40, 90));
  }

  private List<Scenario> other() {
    double calm = 0.65 * usual.everyLook();
    double full = 0.9 * usual.everyLook();
    double mid = usual.midway();
    Load steady = Load.of(Course.steady(full));
    Content harder = (camera, seconds) -> seconds < 30 ? Clips.EASY : Clips.HARD;
    Content hostile = (camera, seconds) -> camera == 0 && seconds >= 30 ? Clips.HARDEST : Clips.ALL;
    return List.of(
        other("light", "less than every look costs", Load.of(Course.steady(calm))),
        Scenario.of(
            "latency-only",
            "no budget, and more than every look can do",
            Kind.OTHER,
            Asked.always(Budget.LATENCY_ONLY),
            Load.of(Course.steady(1.6 * usual.everyLook()))),
        other("wave", "a slow wave", Load.of(Course.wave(20, mid, 0.85 * mid))),
        other(
                "drift",
                "easy clips, hard ones after 30 s",
                Load.of(Course.steady(mid)).showing(harder))
            .troubled(30, 90),
        other(
                "hostile-camera",
                "the busiest camera shows only the hardest clip after 30 s",
                Load.of(Course.steady(mid)).showing(hostile))
            .troubled(30, 90),
        other("theft", "another process takes half the core for 20 s", steady)
            .on(Host.stolen(Course.between(30, 50, 2, 1)))
            .troubled(30, 50),
        other("stalls", "nothing runs for 1.2 s, every 10 s", steady).on(Host.pausing(10, 1.2)),
        other("slow", "everything costs twice as much for 20 s", steady)
            .on(Host.slow(Course.between(30, 50, 2, 1)))
            .troubled(30, 50),
        other("transport-cut", "frames are held back for 10 s", steady)
            .by(Transport.cut(30, 40))
            .troubled(40, 90),
        other("job-down", "the job is down for 60 s", steady)
            .on(Host.down(20, 80))
            .lasting(110)
            .troubled(80, 110),
        other("cold-start", "an interpreting JVM, and 5 s of frames waiting", steady)
            .on(Host.slow(Course.warmingUp(15, 0.7)))
            .by(Transport.cut(0, 5))
            .troubled(5, 90));
  }

  private static Scenario steady(String name, String about, double budget, Load load) {
    return Scenario.of(name, about, Kind.STEADY, budget, load);
  }

  private static Scenario overload(String name, String about, Course rate) {
    return Scenario.of(name, about, Kind.OVERLOAD, BUDGET, Load.of(rate));
  }

  private static Scenario other(String name, String about, Load load) {
    return Scenario.of(name, about, Kind.OTHER, BUDGET, load);
  }
}
