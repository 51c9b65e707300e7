package io.saccade.simulate.load;

/**
 * What happens to frames on their way, and to their timestamps.
 *
 * @param cut frames captured meanwhile arrive only when it ends
 * @param futureCamera whether camera 0 stamps its frames ten minutes ahead
 * @param lateShare share of frames that arrive up to 200 ms after their successors
 * @param duplicateShare share of frames that carry the timestamp of the frame before
 */
public record Transport(Span cut, boolean futureCamera, double lateShare, double duplicateShare) {
  /** Nothing happens to them. */
  public static final Transport SMOOTH = new Transport(Span.NEVER, false, 0, 0);

  public Transport {
    share("late", lateShare);
    share("duplicate", duplicateShare);
  }

  public static Transport cut(double from, double until) {
    return new Transport(new Span(from, until), false, 0, 0);
  }

  private static void share(String what, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(what + " share must be within [0, 1], but was " + share);
    }
  }
}
