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
    boolean first = Double.isNaN(lastMillis) || millis < lastMillis;
    if (!first && millis < dueMillis) {
      return false;
    }
    // After a pause as at first: what was missed is not made up for.
    boolean anew = first || millis >= dueMillis + intervalMillis;
    dueMillis = anew ? millis + (1 - SLACK) * intervalMillis : dueMillis + intervalMillis;
    lastMillis = millis;
    return true;
  }

  /** The same law for FFmpeg's select filter, whose t is in seconds. */
  static String filter(double framesPerSecond) {
    double interval = 1 / framesPerSecond;
    double first = (1 - SLACK) * interval;
    return ("select='if(isnan(prev_selected_t)+lt(t,prev_selected_t)+gte(t,ld(0)+%s),"
            + "1+0*st(0,t+%s),if(gte(t,ld(0)),1+0*st(0,ld(0)+%s),0))'")
        .formatted(interval, first, interval);
  }
}
