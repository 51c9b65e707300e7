package io.saccade.job.events;

/**
 * Class probabilities of one camera, averaged over the recent past: a frame counts by its
 * confidence, and the less the longer ago it was. Not safe to share between threads.
 */
final class Smoothing {
  private final long timeConstantMillis;
  private final float[] sums;
  private double weight;
  private long atMillis;

  /**
   * Goes on from stored sums; zeros for a new camera.
   *
   * @param timeConstantMillis after this time a frame counts 1 / e of what it did
   * @param sums weighted probabilities, one per class; kept and changed
   * @param weight of the frames in the sums
   * @param atMillis time of the newest frame in the sums
   */
  Smoothing(long timeConstantMillis, float[] sums, double weight, long atMillis) {
    this.timeConstantMillis = timeConstantMillis;
    this.sums = sums;
    this.weight = weight;
    this.atMillis = atMillis;
  }

  static Smoothing fresh(long timeConstantMillis, int classes) {
    return new Smoothing(timeConstantMillis, new float[classes], 0, 0);
  }

  /**
   * Takes in a frame.
   *
   * @param atMillis its time; a frame from before the last one counts as simultaneous
   */
  void add(float[] probabilities, float confidence, long atMillis) {
    double passed = Math.max(0, (double) atMillis - this.atMillis);
    double decay = Math.exp(-passed / (double) timeConstantMillis);
    weight = weight * decay + confidence;
    for (int k = 0; k < sums.length; k++) {
      sums[k] = (float) (sums[k] * decay + confidence * probabilities[k]);
    }
    // Also backwards: a time from the future must not stop the forgetting once it is corrected.
    this.atMillis = atMillis;
  }

  /** Smoothed probability of a class; 0 before the first frame. */
  double share(int k) {
    return weight > 0 ? Math.max(0, Math.min(1, sums[k] / weight)) : 0;
  }

  float[] sums() {
    return sums;
  }

  double weight() {
    return weight;
  }

  long atMillis() {
    return atMillis;
  }
}
