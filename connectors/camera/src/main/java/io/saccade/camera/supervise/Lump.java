package io.saccade.camera.supervise;

import io.saccade.camera.source.Picture;
import java.util.ArrayList;
import java.util.List;

/**
 * The pictures that had gathered while a camera was connected, and come all at once. Their delays
 * shrink from one to the next; how much later than need be the first one was shows with the last.
 * So they are held until the delay shrinks no more, and only then given their times. A camera
 * without a lump has its first picture held until the second. Not thread-safe.
 */
final class Lump {
  static final int MOST_PICTURES = 64;
  static final long MOST_MILLIS = 1_000;

  /** Less is the jitter of a stream that comes as it is made. */
  static final long SHRINKS_MILLIS = 20;

  /** A picture and when it came. */
  record Held(Picture picture, long arrivalMillis) {}

  private final List<Held> held = new ArrayList<>();
  private long leastDelay = Long.MAX_VALUE;
  private boolean over;

  /** Takes the next picture, unless all are to go: then the lump is {@link #isOver}. */
  void add(Picture picture, long arrivalMillis) {
    long delay = arrivalMillis - picture.streamMillis();
    if (picture.streamMillis() == Picture.NO_STREAM_TIME) {
      over = true;
    } else if (!held.isEmpty()) {
      Held first = held.get(0);
      long last = held.get(held.size() - 1).picture.streamMillis();
      over =
          picture.streamMillis() <= last
              || delay > leastDelay - SHRINKS_MILLIS
              || arrivalMillis - first.arrivalMillis > MOST_MILLIS
              || held.size() == MOST_PICTURES - 1;
      boolean sane =
          picture.streamMillis() > last
              && first.arrivalMillis - first.picture.streamMillis() - delay
                  < StreamClock.BOUND_MILLIS;
      leastDelay = sane ? Math.min(leastDelay, delay) : leastDelay;
      over |= !sane;
    } else {
      leastDelay = delay;
    }
    held.add(new Held(picture, arrivalMillis));
  }

  boolean isOver() {
    return over;
  }

  /** A clock that knows what the lump has shown. */
  StreamClock clock() {
    return leastDelay == Long.MAX_VALUE
        ? new StreamClock()
        : new StreamClock(held.get(0).arrivalMillis, leastDelay);
  }

  List<Held> held() {
    return held;
  }
}
