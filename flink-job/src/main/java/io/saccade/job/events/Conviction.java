package io.saccade.job.events;

import org.jspecify.annotations.Nullable;

/**
 * Which class a camera is said to show. It changes only when several frames in a row agree on
 * another class, and the smoothed probabilities do too. Not safe to share between threads.
 */
final class Conviction {
  /** Frames in a row that have to agree. One wrong frame, or two, never make an event. */
  static final int LEAST_FRAMES = 3;

  /** Smoothed probability that a class needs: more probable than not. */
  static final double LEAST_SHARE = 0.5;

  /**
   * How far it has to lead over the class shown so far, so that two close ones do not alternate.
   */
  static final double LEAST_LEAD = 0.1;

  private @Nullable String shows;
  private @Nullable String candidate;
  private long sinceMillis;
  private int agreeing;

  Conviction(@Nullable String shows, @Nullable String candidate, long sinceMillis, int agreeing) {
    this.shows = shows;
    this.candidate = candidate;
    this.sinceMillis = sinceMillis;
    this.agreeing = agreeing;
  }

  /**
   * Takes in a frame whose best class is {@code best}.
   *
   * @param share smoothed probability of that class
   * @param shownShare smoothed probability of the class shown so far, 0 without one
   * @return whether the camera shows another class from now on
   */
  boolean changes(String best, double share, double shownShare, long capturedMillis) {
    if (best.equals(shows)) {
      candidate = null;
      agreeing = 0;
      return false;
    }
    if (!best.equals(candidate)) {
      candidate = best;
      sinceMillis = capturedMillis;
      agreeing = 0;
    }
    agreeing++;
    if (agreeing < LEAST_FRAMES || share < LEAST_SHARE || share < shownShare + LEAST_LEAD) {
      return false;
    }
    shows = best;
    candidate = null;
    return true;
  }

  /** What was about to be seen is forgotten, what is shown is not. */
  void interrupt() {
    candidate = null;
    agreeing = 0;
  }

  @Nullable String shows() {
    return shows;
  }

  @Nullable String candidate() {
    return candidate;
  }

  /** Capture time of the first frame of those that agree, or agreed on the last change. */
  long sinceMillis() {
    return sinceMillis;
  }

  /** Frames in a row that agree, or agreed on the last change. */
  int agreeing() {
    return agreeing;
  }
}
