package io.saccade.console.access;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * So many of something per minute from one place, evenly refilled. Safe for use by several threads.
 */
public final class RateLimit {
  /** Places remembered; the one unheard longest makes room, which only forgives it early. */
  private static final int PLACES = 4_096;

  private static final double MINUTE_NANOS = 60e9;

  private record Bucket(double left, long atNanos) {}

  private final int perMinute;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > PLACES;
        }
      };

  public RateLimit(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Takes one, if one is left. */
  public synchronized boolean take(String place, long nowNanos) {
    double left = leftAt(place, nowNanos);
    boolean granted = left >= 1;
    buckets.put(place, new Bucket(granted ? left - 1 : left, nowNanos));
    return granted;
  }

  /** Whether one is left, which stays there. */
  public synchronized boolean left(String place, long nowNanos) {
    return leftAt(place, nowNanos) >= 1;
  }

  private double leftAt(String place, long nowNanos) {
    Bucket before = buckets.get(place);
    return before == null
        ? perMinute
        : Math.min(perMinute, before.left + (nowNanos - before.atNanos) / MINUTE_NANOS * perMinute);
  }
}
