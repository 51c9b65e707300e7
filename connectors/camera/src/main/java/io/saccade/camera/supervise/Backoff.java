package io.saccade.camera.supervise;

/**
 * How long to wait before a camera is tried again: twice as long after each failure, with jitter
 * over all of it, so that many cameras behind one switch do not come back in step.
 */
final class Backoff {
  static final long LEAST_MILLIS = 500;
  static final long MOST_MILLIS = 30_000;

  /** A camera that was live lately, or begun lately, is missed, and mostly back soon. */
  static final long MOST_WHEN_MISSED_MILLIS = 1_500;

  /** So long it counts as missed. */
  static final long MISSED_MILLIS = 5 * 60_000;

  /** Asking again with credentials that were refused may lock the account. */
  static final long REFUSED_MILLIS = 60_000;

  private Backoff() {}

  /**
   * The wait in milliseconds before a camera that has not answered at all is asked again: short,
   * for the asking costs next to nothing, and it is to be found soon after its return.
   */
  static long unanswered(double random) {
    return LEAST_MILLIS + (long) (random * (MOST_WHEN_MISSED_MILLIS - LEAST_MILLIS));
  }

  /**
   * The wait in milliseconds.
   *
   * @param failures in a row, at least 1
   * @param missedMillis since the camera's last frame, since it was begun if there was none
   * @param random within [0, 1)
   */
  static long millis(int failures, long missedMillis, double random) {
    long most = missedMillis < MISSED_MILLIS ? MOST_WHEN_MISSED_MILLIS : MOST_MILLIS;
    long ceiling = Math.min(most, LEAST_MILLIS << Math.min(failures, 10));
    return LEAST_MILLIS + (long) (random * (ceiling - LEAST_MILLIS));
  }
}
