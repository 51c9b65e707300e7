package io.saccade.job.classify;

import io.saccade.wire.Frame;

/** A number per frame that looks random and is always the same. */
final class Seeds {
  private Seeds() {}

  /** From camera and sequence, mixed as in SplitMix64 (Steele, Lea and Flood 2014). */
  static long of(Frame frame) {
    return mixed(frame.camera().hashCode() * 0x9E3779B97F4A7C15L + frame.sequence());
  }

  /** From where it is in the topic: who sends it can choose its sequence, but not this. */
  static long ofPlace(Frame frame) {
    return mixed(frame.partition() * 0x9E3779B97F4A7C15L + frame.offset());
  }

  private static long mixed(long from) {
    long seed = from;
    seed = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
    seed = (seed ^ (seed >>> 27)) * 0x94D049BB133111EBL;
    return seed ^ (seed >>> 31);
  }
}
