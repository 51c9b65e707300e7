package io.saccade.simulate.load;

import io.saccade.simulate.trace.TracedFrame;

/**
 * A frame on its way.
 *
 * @param captured nanoseconds since the start, true
 * @param stamped capture time as the camera says, nanoseconds since the start, in whole
 *     milliseconds
 * @param available when the source hands it over, nanoseconds since the start
 * @param camera who sent it
 * @param sequence of that camera
 * @param content what there is to see
 */
public record Frame(
    long captured, long stamped, long available, int camera, long sequence, TracedFrame content) {

  /** A number that looks random and is always the same, as the job mixes it. */
  public long seed() {
    long seed = ("camera-" + camera).hashCode() * 0x9E3779B97F4A7C15L + sequence;
    seed = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
    seed = (seed ^ (seed >>> 27)) * 0x94D049BB133111EBL;
    return seed ^ (seed >>> 31);
  }
}
