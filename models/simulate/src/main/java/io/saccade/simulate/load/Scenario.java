package io.saccade.simulate.load;

import io.saccade.budget.Budget;
import io.saccade.budget.Settings;

/**
 * A day a subtask may have.
 *
 * @param name for tables and the command line
 * @param about what happens, in a few words
 * @param kind which promises apply
 * @param seconds of virtual time
 * @param asked the budget to hold
 * @param load what the cameras send
 * @param host what happens to the machine
 * @param transport what happens to frames on their way
 * @param trouble when the load or the machine changes, and when it is over; empty when it matters
 *     little
 */
public record Scenario(
    String name,
    String about,
    Kind kind,
    double seconds,
    Asked asked,
    Load load,
    Host host,
    Transport transport,
    Span trouble) {

  /** What can be asked of a controller. */
  public enum Kind {
    /** Demand lies between glances only and every look throughout: the budget can be used up. */
    STEADY,
    /** For a while more comes than before, or than can be looked at. */
    OVERLOAD,
    /** Everything else that happens. */
    OTHER
  }

  static final double SECONDS = 90;

  public Scenario {
    if (!name.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "name must be of lower-case letters, digits and -, but was '" + name + "'");
    }
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("seconds must be above 0, but were " + seconds);
    }
  }

  /** A budget in cores. */
  public Scenario(
      String name,
      String about,
      Kind kind,
      double seconds,
      double budgetCores,
      Load load,
      Host host,
      Transport transport,
      Span trouble) {
    this(
        name,
        about,
        kind,
        seconds,
        Asked.always(Budget.cores(budgetCores)),
        load,
        host,
        transport,
        trouble);
  }

  static Scenario of(String name, String about, Kind kind, double cores, Load load) {
    return of(name, about, kind, Asked.always(Budget.cores(cores)), load);
  }

  static Scenario of(String name, String about, Kind kind, Asked asked, Load load) {
    return new Scenario(
        name, about, kind, SECONDS, asked, load, Host.QUIET, Transport.SMOOTH, Span.NEVER);
  }

  Scenario on(Host host) {
    return new Scenario(name, about, kind, seconds, asked, load, host, transport, trouble);
  }

  Scenario by(Transport transport) {
    return new Scenario(name, about, kind, seconds, asked, load, host, transport, trouble);
  }

  Scenario troubled(double from, double until) {
    return new Scenario(
        name, about, kind, seconds, asked, load, host, transport, new Span(from, until));
  }

  Scenario lasting(double seconds) {
    return new Scenario(name, about, kind, seconds, asked, load, host, transport, trouble);
  }

  /** Cores that may be used at first. */
  public double budgetCores() {
    return asked.cores(0);
  }

  /** What the subtask is asked for at first: the defaults, for this budget. */
  public Settings settings() {
    return settings(0);
  }

  /** What the subtask is asked for at a moment. */
  public Settings settings(double seconds) {
    return asked.settings(seconds);
  }
}
