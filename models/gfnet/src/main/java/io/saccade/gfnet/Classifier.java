package io.saccade.gfnet;

/** Classifies frames, one after the other, in buffers that are made once. Not thread-safe. */
public interface Classifier extends AutoCloseable {

  /**
   * Glances at the frame, then looks closer until the confidence passes the threshold of that look
   * or the deadline forbids another.
   *
   * @param image encoded picture: JPEG, PNG or WebP
   * @param thresholds T - 1 confidences; look t is the last if its confidence is at least entry t -
   *     1
   * @return a {@link Sight.Verdict}, or {@link Sight.Unreadable} for a picture that cannot be
   *     decoded or exceeds the limits
   */
  Sight classify(byte[] image, float[] thresholds, Deadline deadline);

  @Override
  void close();
}
