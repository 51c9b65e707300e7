package io.saccade.simulate.subtask;

import io.saccade.simulate.load.Host;
import java.util.SplittableRandom;

/**
 * Virtual time on one core: work takes time, more when others take the core, and now and then the
 * JVM pauses. Nanoseconds since the start.
 */
final class Core {
  /** 2026-01-01, so that times have the size they have in life. */
  static final long EPOCH_NANOS = 1_767_225_600_000_000_000L;

  private static final double NOISE = 0.1;

  private final Host host;
  private final SplittableRandom random;
  private long now;
  private double nextPauseSeconds;

  Core(Host host, SplittableRandom random) {
    this.host = host;
    this.random = random;
    nextPauseSeconds = host.pauseEverySeconds();
  }

  long now() {
    return now;
  }

  double seconds() {
    return now / 1e9;
  }

  /** What the host's clock shows, nanoseconds since 1970. */
  long wall() {
    return EPOCH_NANOS + now + (long) (1e9 * host.clockAhead().at(seconds()));
  }

  /** The same without the jumps of that clock. */
  long steady() {
    return EPOCH_NANOS + now;
  }

  boolean isDown() {
    return host.down().contains(seconds());
  }

  /** Nothing happens until then. */
  void idle(long until) {
    now = until;
  }

  /** Until the job runs again. */
  void wakeUp() {
    now = (long) (host.down().until() * 1e9);
  }

  /** CPU time that a stage takes now, which took {@code recorded} when it was recorded. */
  long cost(long recorded) {
    double noise = 1 - NOISE + 2 * NOISE * random.nextDouble();
    return (long) (recorded * noise * host.slowness().at(seconds()));
  }

  /** Works; returns the wall time that took. */
  long work(long cpuNanos) {
    long wall = (long) (cpuNanos * host.theft().at(seconds()));
    if (nextPauseSeconds > 0 && seconds() >= nextPauseSeconds) {
      wall += (long) (host.pauseSeconds() * 1e9);
      nextPauseSeconds += host.pauseEverySeconds();
    }
    now += wall;
    return wall;
  }
}
