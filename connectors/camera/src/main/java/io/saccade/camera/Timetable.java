package io.saccade.camera;

/**
 * When which camera shows which frame: the cameras take turns at even distances, so that the load
 * is even too. A turn's time follows from its number alone and cannot drift.
 *
 * @param cameras number of cameras, at least 1
 * @param framesPerSecond of each camera, finite and above 0
 */
record Timetable(int cameras, double framesPerSecond) {
  private static final double NANOS_PER_SECOND = 1e9;

  Timetable {
    if (cameras < 1) {
      throw new IllegalArgumentException("cameras must be at least 1, but was " + cameras);
    }
    if (!(framesPerSecond > 0 && framesPerSecond <= 1000)) {
      throw new IllegalArgumentException(
          "framesPerSecond must be above 0 and at most 1000, but was " + framesPerSecond);
    }
  }

  /** Time of a turn, nanoseconds after the start. */
  long dueNanos(long turn) {
    return (long) (turn * (NANOS_PER_SECOND / (framesPerSecond * cameras)));
  }

  int camera(long turn) {
    return (int) (turn % cameras);
  }

  /** The camera's frame number at a turn. */
  long sequence(long turn) {
    return turn / cameras;
  }

  /**
   * Rounds to leave out when this turn comes up late: as many whole rounds as its camera has frames
   * due after it, so that every camera loses the same and none sends two at once.
   */
  long roundsMissed(long turn, long elapsedNanos) {
    double late = elapsedNanos - (double) dueNanos(turn);
    return late <= 0 ? 0 : (long) (late / NANOS_PER_SECOND * framesPerSecond);
  }
}
