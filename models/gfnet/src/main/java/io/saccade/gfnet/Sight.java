package io.saccade.gfnet;

import java.util.List;

/** What came of one picture. */
public sealed interface Sight {

  /** Why looking ended. */
  enum Stop {
    /** The confidence passed the threshold. */
    CONFIDENT,
    /** All T looks were taken. */
    EVERY_LOOK,
    /** The deadline allowed no further look. */
    DEADLINE
  }

  /**
   * A classified picture.
   *
   * @param probabilities after the last look, one per class
   * @param looks in the order taken, the glance first
   * @param stop why looking ended
   * @param decodeNanos CPU time from encoded picture to view
   */
  record Verdict(float[] probabilities, List<Look> looks, Stop stop, long decodeNanos)
      implements Sight {

    public Verdict {
      looks = List.copyOf(looks);
      if (probabilities.length == 0 || looks.isEmpty()) {
        throw new IllegalArgumentException(
            "a verdict must have probabilities and looks, but had %d and %d"
                .formatted(probabilities.length, looks.size()));
      }
    }

    /** Index of the most probable class. */
    public int best() {
      int best = 0;
      for (int k = 1; k < probabilities.length; k++) {
        if (probabilities[k] > probabilities[best]) {
          best = k;
        }
      }
      return best;
    }

    /** Probability of the most probable class. */
    public float confidence() {
      return probabilities[best()];
    }
  }

  /**
   * A picture that could not be read.
   *
   * @param reason one word for machines: {@code empty}, {@code too-large}, {@code not-an-image},
   *     {@code corrupt}
   * @param detail what was expected and what was found
   */
  record Unreadable(String reason, String detail) implements Sight {}

  /**
   * One look: its box, the confidence after it and its CPU time. The box is in pixels of the whole
   * frame, upright: with its EXIF orientation applied, whatever reduction it was decoded at.
   *
   * @param x left edge of the box
   * @param y top edge of the box
   * @param width of the box, at least 1
   * @param height of the box; likewise
   * @param confidence largest probability after this look
   * @param best index of the most probable class after this look
   * @param cpuNanos CPU time of this look
   */
  record Look(int x, int y, int width, int height, float confidence, int best, long cpuNanos) {}
}
