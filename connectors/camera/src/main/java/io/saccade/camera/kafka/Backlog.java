package io.saccade.camera.kafka;

import io.saccade.camera.CapturedFrame;
import io.saccade.camera.FrameSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One camera's frames that wait to be sent. When there are too many the oldest make place. Not safe
 * for use by several threads.
 */
final class Backlog {
  /** Seconds of an ordinary camera; more would be too old when it got out. */
  static final int MAX_FRAMES = 64;

  /** Together; a single frame may be larger. */
  static final long MAX_BYTES = 2L << 20;

  private final Deque<Waiting> frames = new ArrayDeque<>();
  private long bytes;

  /** A frame, who wants to know what becomes of it, and when it came. */
  record Waiting(CapturedFrame frame, FrameSink.Receipt receipt, long sinceNanos) {
    int length() {
      return frame.image().length;
    }
  }

  /** Takes a frame, and gives back those that had to make place for it. */
  List<Waiting> add(Waiting added) {
    frames.addLast(added);
    bytes += added.length();
    List<Waiting> displaced = new ArrayList<>();
    while (frames.size() > MAX_FRAMES || (bytes > MAX_BYTES && frames.size() > 1)) {
      displaced.add(take());
    }
    return displaced;
  }

  /** Takes out the frames that came before a time. */
  List<Waiting> takeBefore(long nanos) {
    List<Waiting> old = new ArrayList<>();
    for (Waiting first = oldest(); first != null && first.sinceNanos - nanos < 0; ) {
      old.add(take());
      first = oldest();
    }
    return old;
  }

  /** The frame that is to go first; null when none waits. */
  @Nullable Waiting oldest() {
    return frames.peekFirst();
  }

  /** Takes that frame out. */
  Waiting take() {
    Waiting taken = frames.removeFirst();
    bytes -= taken.length();
    return taken;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }
}
