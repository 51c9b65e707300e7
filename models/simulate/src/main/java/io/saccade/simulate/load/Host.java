package io.saccade.simulate.load;

/**
 * What happens to the machine.
 *
 * @param slowness CPU time over the recorded CPU time
 * @param theft wall time over CPU time: above 1 others use the core too
 * @param pauseEverySeconds how often nothing runs for a while; 0 for never
 * @param pauseSeconds how long
 * @param down meanwhile the job does not run; it goes on from its checkpoint
 * @param clockAhead seconds by which the wall clock is ahead of true time
 */
public record Host(
    Course slowness,
    Course theft,
    double pauseEverySeconds,
    double pauseSeconds,
    Span down,
    Course clockAhead) {
  private static final Course ONE = Course.steady(1);
  private static final Course RIGHT = Course.steady(0);

  /** Nothing happens to it. */
  public static final Host QUIET = new Host(ONE, ONE, 0, 0, Span.NEVER, RIGHT);

  public static Host slow(Course slowness) {
    return new Host(slowness, ONE, 0, 0, Span.NEVER, RIGHT);
  }

  public static Host stolen(Course theft) {
    return new Host(ONE, theft, 0, 0, Span.NEVER, RIGHT);
  }

  public static Host pausing(double everySeconds, double seconds) {
    return new Host(ONE, ONE, everySeconds, seconds, Span.NEVER, RIGHT);
  }

  public static Host down(double from, double until) {
    return new Host(ONE, ONE, 0, 0, new Span(from, until), RIGHT);
  }

  public static Host clock(Course ahead) {
    return new Host(ONE, ONE, 0, 0, Span.NEVER, ahead);
  }
}
