package io.saccade.gfnet;

import io.saccade.gfnet.Sight.Look;
import io.saccade.gfnet.bundle.Complaints;
import io.saccade.gfnet.bundle.Golden;
import io.saccade.gfnet.bundle.Golden.GoldenLook;
import io.saccade.gfnet.decode.UnreadablePicture;
import io.saccade.gfnet.onnx.NetworkFailure;
import java.util.Arrays;
import java.util.Locale;

/**
 * Looks at the golden picture with the eye that every frame is looked at with: once to see that the
 * network does here what it did where it was made, then a few times to see what it costs here.
 */
final class Rehearsal {
  private static final double TOLERANCE = 1e-3;

  /** Verifying has warmed up the caches. Few, because starting must stay quick. */
  private static final int RUNS = 5;

  private final Eye eye;
  private final Golden golden;

  Rehearsal(Eye eye, Golden golden) {
    this.eye = eye;
    this.golden = golden;
  }

  /** Complains of every look that differs from the golden one. */
  void verify(Complaints complaints) {
    try {
      eye.turnTo(golden.image());
      Look glance = eye.glance();
      compare(glance, glance, 0, complaints);
      for (int index = 1; index < golden.looks().size(); index++) {
        compare(eye.focus(), glance, index, complaints);
      }
    } catch (UnreadablePicture e) {
      complaints.add(
          golden.file(),
          "its image must be readable, but was %s: %s".formatted(e.reason().word(), e.detail()));
    } catch (NetworkFailure e) {
      complaints.add(golden.file(), String.valueOf(e.getMessage()));
    }
  }

  private void compare(Look look, Look glance, int index, Complaints complaints) {
    GoldenLook expected = golden.looks().get(index);
    // The golden picture needs no resizing, so that its pixels are view pixels; the glance shows
    // where the view begins.
    int top = look.y() - glance.y();
    int left = look.x() - glance.x();
    if (left != expected.left() || top != expected.top()) {
      complaints.add(
          golden.file(),
          "look %d must be at row %d, column %d, but was at row %d, column %d"
              .formatted(index + 1, expected.top(), expected.left(), top, left));
    }
    float[] probabilities = eye.probabilities();
    for (int k = 0; k < probabilities.length; k++) {
      double wanted = expected.probabilities()[k];
      if (!(Math.abs(wanted - probabilities[k]) <= TOLERANCE)) {
        complaints.add(
            golden.file(),
            String.format(
                Locale.ROOT,
                "look %d must give class %d a probability of %.5f, but gave %.5f",
                index + 1,
                k,
                wanted,
                probabilities[k]));
        return;
      }
    }
  }

  /** Medians of CPU time. */
  GfNet.StageTimes measure() {
    int focusLooks = golden.looks().size() - 1;
    long[] decode = new long[RUNS];
    long[] glance = new long[RUNS];
    long[] focus = new long[RUNS * focusLooks];
    for (int run = 0; run < RUNS; run++) {
      decode[run] = turn();
      glance[run] = eye.glance().cpuNanos();
      for (int look = 0; look < focusLooks; look++) {
        focus[run * focusLooks + look] = eye.focus().cpuNanos();
      }
    }
    return new GfNet.StageTimes(median(decode), median(glance), median(focus));
  }

  private long turn() {
    try {
      return eye.turnTo(golden.image());
    } catch (UnreadablePicture e) {
      throw new IllegalStateException("the golden picture was readable a moment ago", e);
    }
  }

  private static double median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }
}
