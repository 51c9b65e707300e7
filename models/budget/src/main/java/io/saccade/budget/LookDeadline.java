package io.saccade.budget;

/**
 * Whether a frame can take another look before it is too old to be live; if not, the answer so far
 * is the answer.
 *
 * @param maxAgeNanos age at which an answer comes too late, above 0
 * @param lookNanos expected time of one focus look, above 0
 */
public record LookDeadline(long maxAgeNanos, double lookNanos) {

  public LookDeadline {
    if (maxAgeNanos <= 0) {
      throw new IllegalArgumentException("maximum age must be above 0 ns, but was " + maxAgeNanos);
    }
    if (!(lookNanos > 0) || lookNanos == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "time of a look must be above 0 ns and finite, but was " + lookNanos);
    }
  }

  /** The deadline at an operating point: the nominal look, stretched by what was measured. */
  public static LookDeadline at(Settings settings, StageCosts nominal, OperatingPoint point) {
    return new LookDeadline(
        settings.maxAgeNanos(), nominal.focusNanos() * Math.max(0.01, point.slowdown()));
  }

  /** Whether another look fits, when the frame's age (now - capture time) is {@code ageNanos}. */
  public boolean allows(long ageNanos) {
    return ageNanos + lookNanos <= maxAgeNanos;
  }
}
