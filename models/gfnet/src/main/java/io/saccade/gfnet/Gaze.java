package io.saccade.gfnet;

import io.saccade.gfnet.Sight.Look;
import io.saccade.gfnet.decode.UnreadablePicture;
import java.util.ArrayList;
import java.util.List;

/** Glance, then focus until sure: the loop of the paper. */
final class Gaze implements Classifier {
  private final Eye eye;
  private final int steps;
  private boolean closed;

  Gaze(Eye eye, int steps) {
    this.eye = eye;
    this.steps = steps;
  }

  @Override
  public Sight classify(byte[] image, float[] thresholds, Deadline deadline) {
    if (closed) {
      throw new IllegalStateException("the classifier is closed");
    }
    Exit exit = Exit.of(thresholds, steps);
    long decodeNanos;
    try {
      decodeNanos = eye.turnTo(image);
    } catch (UnreadablePicture e) {
      return new Sight.Unreadable(e.reason().word(), e.detail());
    }
    List<Look> looks = new ArrayList<>(steps);
    looks.add(eye.glance());
    while (!exit.accepts(looks) && deadline.allows(looks.size() + 1)) {
      looks.add(eye.focus());
    }
    return new Sight.Verdict(eye.probabilities(), looks, exit.reason(looks), decodeNanos);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      eye.close();
    }
  }
}
