package io.saccade.camera;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The sequence numbers of one camera. A number is given out once; it may be sent once it is
 * reserved, that is, once Kafka knows that whoever reads the camera next must start above it. Safe
 * for use by several threads.
 */
public final class Sequence {
  private final AtomicLong next;
  private final AtomicLong reserved;

  /** Numbers from {@code first} on, none of them reserved. */
  public Sequence(long first) {
    if (first < 0) {
      throw new IllegalArgumentException("first must be at least 0, but was " + first);
    }
    next = new AtomicLong(first);
    reserved = new AtomicLong(first);
  }

  /** The next number, which nobody gets again. */
  public long take() {
    return next.getAndIncrement();
  }

  /** The number that would be taken now. */
  public long next() {
    return next.get();
  }

  /** Numbers below this one may be sent. */
  public long reserved() {
    return reserved.get();
  }

  /** Leaves out the numbers below {@code first}: somebody else may have used them meanwhile. */
  public void skipTo(long first) {
    next.accumulateAndGet(first, Math::max);
    reserve(first);
  }

  /** Notes that Kafka knows the numbers below {@code end} as used. */
  public void reserve(long end) {
    reserved.accumulateAndGet(end, Math::max);
  }
}
