package io.saccade.camera.source;

/**
 * Thins a stream to a wanted rate, evenly: each picture taken moves the time of the next one on by
 * exactly one interval, so that the rate is met in the mean whatever the rate of the stream. A
 * picture may come by {@link #SLACK} of an interval too early, so that a stream which has the
 * wanted rate already loses none to its jitter. Not thread-safe.
 */
final class Pacer {
  /** Of an interval. */
  static final double SLACK = 0.4;

  private final double intervalMillis;
  private double dueMillis;
  private double lastMillis = Double.NaN;

  Pacer(double framesPerSecond) {
    if (!(framesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "framesPerSecond must be above 0, but was " + framesPerSecond);
    }
    this.intervalMillis = 1000 / framesPerSecond;
  }

  /** Whether the picture of this time is to be taken. */
  boolean takes(double millis) {
    if (Double.isNaN(lastMillis) || millis < lastMillis) {
      dueMillis = millis + (1 - SLACK) * intervalMillis;
    } else if (millis >= dueMillis) {
      // After a pause no faster than the slack allows: what was missed is not made up for.
      dueMillis = Math.max(dueMillis + intervalMillis, millis + (1 - 2 * SLACK) * intervalMillis);
    } else {
      return false;
    }
    lastMillis = millis;
    return true;
  }

  /** The same law for FFmpeg's select filter, whose t is in seconds. */
  static String filter(double framesPerSecond) {
    double interval = 1 / framesPerSecond;
    return ("select='if(isnan(prev_selected_t)+lt(t,prev_selected_t),1+0*st(0,t+%s),"
            + "if(gte(t,ld(0)),1+0*st(0,max(ld(0)+%s,t+%s)),0))'")
        .formatted((1 - SLACK) * interval, interval, (1 - 2 * SLACK) * interval);
  }
}
