package io.saccade.camera.supervise;

import io.saccade.camera.ClockCorrection;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Maps a stream's own time to wall time. The least delay between the two of the last half minute is
 * taken for the true distance of the clocks: what is more is jitter on the way and goes out, and
 * slow drift is followed. Where the stream's time jumps, or runs away, the mapping starts anew;
 * where that happens again and again, arrival time is used.
 *
 * <p>Pure arithmetic; not thread-safe. A capture time is never after its arrival, and goes back
 * only where the wall clock does.
 */
final class StreamClock {
  /** Arrivals that count for the distance of the clocks. */
  static final long WINDOW_MILLIS = 30_000;

  /** More than any network holds a picture back that is still worth having. */
  static final long BOUND_MILLIS = 5_000;

  /** New beginnings within {@link #DISTRUST_MILLIS} after which the stream's time is not used. */
  static final int MOST_CORRECTIONS = 5;

  static final long DISTRUST_MILLIS = 60_000;

  private static final long WRAP = 1L << 32;

  /** A delay and when it was seen. */
  private record Delay(long arrivalMillis, long millis) {}

  /**
   * When a picture was taken.
   *
   * @param millis since 1970
   * @param correction what the stream's time did, null when it just went on
   */
  record Capture(long millis, @Nullable ClockCorrection correction) {}

  /** Candidates for the least delay: in the order of arrival, and each less than those after it. */
  private final Deque<Delay> delays = new ArrayDeque<>();

  private final Deque<Long> corrections = new ArrayDeque<>();
  private boolean started;
  private boolean distrusted;
  private long wraps;
  private long lastStream;
  private long lastArrival;
  private long lastCapture;

  /** A clock that knows nothing yet. */
  StreamClock() {}

  /** A clock whose first pictures have already shown a least delay. */
  StreamClock(long arrivalMillis, long leastDelayMillis) {
    delays.addLast(new Delay(arrivalMillis, leastDelayMillis));
  }

  /**
   * The capture time of the next picture.
   *
   * @param streamMillis by the stream's clock, modulo 2^32
   * @param arrivalMillis wall time
   */
  Capture at(long streamMillis, long arrivalMillis) {
    long stream = streamMillis + wraps * WRAP;
    ClockCorrection correction = null;
    if (started && stream - lastStream < -WRAP / 2) {
      wraps++;
      stream += WRAP;
      correction = ClockCorrection.WRAP;
    }
    if (started) {
      ClockCorrection jump = jump(stream, arrivalMillis);
      if (jump != null) {
        correction = jump;
        beginAnew(arrivalMillis);
      }
    }
    forget(corrections, arrivalMillis);
    if (distrusted != corrections.size() > MOST_CORRECTIONS) {
      distrusted = !distrusted;
      correction = distrusted ? ClockCorrection.DISTRUSTED : correction;
    }
    note(stream, arrivalMillis);
    long mapped = distrusted ? arrivalMillis : stream + delays.getFirst().millis;
    // A shorter delay than all before it moves the mapping back, but no picture before the last
    // one.
    long capture = started ? Math.max(mapped, lastCapture) : mapped;
    started = true;
    lastStream = stream;
    lastArrival = arrivalMillis;
    lastCapture = Math.min(capture, arrivalMillis);
    return new Capture(lastCapture, correction);
  }

  private @Nullable ClockCorrection jump(long stream, long arrivalMillis) {
    if (stream < lastStream) {
      return ClockCorrection.BACK;
    }
    if (stream - lastStream - (arrivalMillis - lastArrival) > BOUND_MILLIS) {
      return ClockCorrection.AHEAD;
    }
    return arrivalMillis - stream - delays.getFirst().millis > BOUND_MILLIS
        ? ClockCorrection.DRIFT
        : null;
  }

  private void beginAnew(long arrivalMillis) {
    delays.clear();
    corrections.addLast(arrivalMillis);
  }

  private static void forget(Deque<Long> corrections, long arrivalMillis) {
    while (!corrections.isEmpty()
        && Math.abs(arrivalMillis - corrections.getFirst()) > DISTRUST_MILLIS) {
      corrections.removeFirst();
    }
  }

  private void note(long stream, long arrivalMillis) {
    long delay = arrivalMillis - stream;
    while (!delays.isEmpty() && delays.getLast().millis >= delay) {
      delays.removeLast();
    }
    delays.addLast(new Delay(arrivalMillis, delay));
    while (arrivalMillis - delays.getFirst().arrivalMillis > WINDOW_MILLIS) {
      delays.removeFirst();
    }
  }
}
