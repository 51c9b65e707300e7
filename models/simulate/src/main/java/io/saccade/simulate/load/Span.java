package io.saccade.simulate.load;

/** From a moment until another, seconds; empty when they are the same. */
public record Span(double from, double until) {
  public static final Span NEVER = new Span(0, 0);

  public Span {
    if (!(from >= 0 && until >= from)) {
      throw new IllegalArgumentException(
          "a span must begin at 0 or later and end no sooner, but was " + from + " to " + until);
    }
  }

  public boolean contains(double seconds) {
    return seconds >= from && seconds < until;
  }
}
