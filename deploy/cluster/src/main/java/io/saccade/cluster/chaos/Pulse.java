package io.saccade.cluster.chaos;

import io.saccade.wire.Label;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * When labels are seen: how late, how soon after a fault on the slowest partition, and how long
 * there were none. Times are in milliseconds since 1970. Safe for use by several threads.
 */
final class Pulse {
  private static final long LONGEST_MILLIS = 3_600_000;

  private final long[] seen;
  private final long[] silence;
  private final long[] firstFresh;
  private final long[] newestClassified;
  private final Histogram all = new Histogram(LONGEST_MILLIS, 3);
  private final Histogram calm = new Histogram(LONGEST_MILLIS, 3);
  private long faultMillis = Long.MAX_VALUE;
  private long calmSince = Long.MAX_VALUE;

  Pulse(int partitions) {
    seen = new long[partitions];
    silence = new long[partitions];
    firstFresh = new long[partitions];
    newestClassified = new long[partitions];
  }

  /** A label that readers see now. */
  synchronized void beat(Label label, long nowMillis) {
    int partition = label.partition();
    silence[partition] = Math.max(silence[partition], nowMillis - seen[partition]);
    seen[partition] = nowMillis;
    long late = Math.max(0, Math.min(LONGEST_MILLIS, nowMillis - label.capturedMillis()));
    all.recordValue(late);
    if (label.capturedMillis() >= calmSince) {
      calm.recordValue(late);
    }
    // A frame that was too old when its turn came says nothing of being back.
    if (label.outcome().equals(Label.CLASSIFIED)) {
      newestClassified[partition] = Math.max(newestClassified[partition], label.capturedMillis());
      if (firstFresh[partition] == 0 && label.capturedMillis() > faultMillis) {
        firstFresh[partition] = nowMillis;
      }
    }
  }

  /** A fault happens. */
  synchronized void disturbed(long nowMillis) {
    faultMillis = nowMillis;
    calmSince = Long.MAX_VALUE;
    Arrays.fill(firstFresh, 0);
    Arrays.fill(silence, 0);
    Arrays.fill(seen, nowMillis);
  }

  /** All is well again. */
  synchronized void calm(long nowMillis) {
    calmSince = nowMillis;
  }

  /** Whether a frame captured later than this has been classified on each partition. */
  synchronized boolean freshSince(long millis) {
    return Arrays.stream(newestClassified).allMatch(it -> it > millis);
  }

  /** From the last fault to the first fresh label of the slowest partition; empty before it. */
  synchronized OptionalDouble secondsToFresh() {
    return Arrays.stream(firstFresh).anyMatch(it -> it == 0)
        ? OptionalDouble.empty()
        : OptionalDouble.of((Arrays.stream(firstFresh).max().orElse(0) - faultMillis) / 1e3);
  }

  /** Longest time without any label on a partition since the last fault. */
  synchronized double longestSilenceSeconds(long nowMillis) {
    long longest = 0;
    for (int i = 0; i < seen.length; i++) {
      longest = Math.max(longest, Math.max(silence[i], nowMillis - seen[i]));
    }
    return longest / 1e3;
  }

  /** From capture until the label could be read; 0 before any. */
  synchronized ChaosReport.Percentiles latency() {
    return ChaosReport.Percentiles.of(all);
  }

  /** The same of frames captured while nothing was wrong. */
  synchronized ChaosReport.Percentiles calmLatency() {
    return ChaosReport.Percentiles.of(calm);
  }
}
