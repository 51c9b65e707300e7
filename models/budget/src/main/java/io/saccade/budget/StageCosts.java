package io.saccade.budget;

/** Nominal CPU time of each stage on this host, nanoseconds, above 0. */
public record StageCosts(double decodeNanos, double glanceNanos, double focusNanos) {

  public StageCosts {
    aboveZero("decode", decodeNanos);
    aboveZero("glance", glanceNanos);
    aboveZero("focus", focusNanos);
  }

  private static void aboveZero(String stage, double nanos) {
    if (!(nanos > 0) || nanos == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "CPU time of " + stage + " must be above 0 ns and finite, but was " + nanos);
    }
  }
}
