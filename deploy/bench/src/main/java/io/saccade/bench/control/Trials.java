package io.saccade.bench.control;

import static io.saccade.simulate.contest.Contender.LAW;

import io.saccade.bench.control.Trial.Change;
import io.saccade.bench.control.Trial.Deed;
import io.saccade.simulate.contest.Contender;
import io.saccade.simulate.load.Capacity;
import io.saccade.simulate.load.Course;
import io.saccade.simulate.load.Host;
import io.saccade.simulate.load.Load;
import io.saccade.simulate.load.Load.Clips;
import io.saccade.simulate.load.Load.Content;
import io.saccade.simulate.load.Load.Spacing;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.load.Scenario.Kind;
import io.saccade.simulate.load.Span;
import io.saccade.simulate.load.Transport;
import io.saccade.simulate.trace.Trace;
import java.util.List;
import java.util.stream.Stream;

/**
 * The runs. Loads are multiples of what the budget pays for with this model on this machine, as in
 * the simulator; times are shorter, because here they pass.
 */
final class Trials {
  static final String EVEN = "even";
  static final String POISSON = "poisson";
  static final String STEP = "step-x3";
  static final String FLOOD = "beyond-glances";
  static final String THEFT = "theft";
  static final String CONTENT = "content";
  static final String HOSTILE = "hostile-camera";
  static final String OUTAGE = "outage";
  static final String BUDGET = "budget-change";

  /** The same cameras as with the hostile one, but none is; always played with it. */
  static final String FRIENDLY = "friendly-camera";

  /** What can be chosen. */
  static final List<String> NAMES =
      List.of(EVEN, POISSON, STEP, FLOOD, THEFT, CONTENT, HOSTILE, OUTAGE, BUDGET);

  /** Leaves room on two cores for the broker, the cameras and the garbage collector. */
  static final double CORES = 0.8;

  private static final List<Contender> SIDE_BY_SIDE = List.of(LAW, Contender.AIMD, Contender.PI);

  private final double scale;
  private final double glances;
  private final double everyLook;
  private final double midway;

  private Trials(Trace trace, double scale) {
    Capacity capacity = Capacity.of(trace, CORES);
    this.scale = scale;
    this.glances = capacity.glanceOnly();
    this.everyLook = capacity.everyLook();
    this.midway = capacity.midway();
  }

  /** The runs of these scenarios, in the order of {@link #NAMES}. */
  static List<Trial> of(Trace trace, double scale, List<String> scenarios) {
    Trials trials = new Trials(trace, scale);
    return NAMES.stream().filter(scenarios::contains).flatMap(trials::named).toList();
  }

  private Stream<Trial> named(String name) {
    double calm = 0.65 * everyLook;
    Load steady = Load.of(Course.steady(0.9 * everyLook));
    Load poisson = Load.of(Course.steady(midway));
    return switch (name) {
      case EVEN -> law(scenario(name, Kind.STEADY, 72, poisson.spaced(Spacing.EVEN, 10)));
      case POISSON -> law(scenario(name, Kind.STEADY, 72, poisson));
      case STEP -> sideBySide(step(calm));
      case FLOOD -> {
        Course flood = between(12, 22, 1.6 * glances, calm);
        yield sideBySide(scenario(name, Kind.OVERLOAD, 32, Load.of(flood), 12, 22));
      }
      case THEFT ->
          law(scenario(name, Kind.OTHER, 40, steady, 12, 27)).map(it -> it.with(Deed.THEFT));
      case CONTENT -> law(scenario(name, Kind.OTHER, 50, poisson.showing(hardFrom(20)), 20, 50));
      case HOSTILE ->
          Stream.of(
              Trial.of(scenario(FRIENDLY, Kind.OTHER, 40, poisson), LAW),
              Trial.of(scenario(name, Kind.OTHER, 40, poisson.showing(hostileFrom(12))), LAW));
      case OUTAGE ->
          law(on(Host.down(12 * scale, 72 * scale), scenario(name, Kind.OTHER, 90, steady, 72, 90)))
              .map(it -> it.with(Deed.OUTAGE));
      case BUDGET -> law(scenario(name, Kind.OTHER, 44, poisson)).map(it -> it.changing(changes()));
      default -> throw new IllegalArgumentException("a name must be of " + NAMES + ": " + name);
    };
  }

  private Scenario step(double calm) {
    Load load = Load.of(between(15, 30, 3 * calm, calm)).spaced(Spacing.EVEN, 10);
    return scenario(STEP, Kind.OVERLOAD, 45, load, 15, 30);
  }

  private List<Change> changes() {
    return Stream.of(12, 20, 28, 36)
        .map(at -> new Change(at * scale, at % 16 == 12 ? 0.7 * CORES : CORES))
        .toList();
  }

  private Course between(double from, double until, double inside, double outside) {
    return Course.between(from * scale, until * scale, inside, outside);
  }

  private Content hardFrom(double start) {
    return (camera, seconds) -> seconds < start * scale ? Clips.EASY : Clips.HARD;
  }

  /** Camera 0 sends a third of all frames. */
  private Content hostileFrom(double start) {
    return (camera, seconds) -> camera == 0 && seconds >= start * scale ? Clips.HARDEST : Clips.ALL;
  }

  private static Stream<Trial> law(Scenario scenario) {
    return Stream.of(Trial.of(scenario, LAW));
  }

  private static Stream<Trial> sideBySide(Scenario scenario) {
    return SIDE_BY_SIDE.stream().map(contender -> Trial.of(scenario, contender));
  }

  private Scenario scenario(String name, Kind kind, double seconds, Load load) {
    return scenario(name, kind, seconds, load, 0, 0);
  }

  private Scenario scenario(
      String name, Kind kind, double seconds, Load load, double from, double until) {
    Span trouble = new Span(from * scale, until * scale);
    return new Scenario(
        name, name, kind, seconds * scale, CORES, load, Host.QUIET, Transport.SMOOTH, trouble);
  }

  /** The same on another host. */
  static Scenario on(Host host, Scenario it) {
    return new Scenario(
        it.name(),
        it.about(),
        it.kind(),
        it.seconds(),
        it.budgetCores(),
        it.load(),
        host,
        it.transport(),
        it.trouble());
  }

  /** The same with its trouble at another time. */
  static Scenario troubled(Span trouble, Scenario it) {
    return new Scenario(
        it.name(),
        it.about(),
        it.kind(),
        it.seconds(),
        it.budgetCores(),
        it.load(),
        it.host(),
        it.transport(),
        trouble);
  }
}
