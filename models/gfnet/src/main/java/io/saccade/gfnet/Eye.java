package io.saccade.gfnet;

import io.saccade.gfnet.decode.UnreadablePicture;

/** What looks at pictures: one picture at a time, first a glance, then focus looks. */
interface Eye extends AutoCloseable {

  /**
   * Turns to a picture.
   *
   * @return CPU nanoseconds from encoded picture to view
   */
  long turnTo(byte[] image) throws UnreadablePicture;

  /** The whole picture, coarsely. */
  Sight.Look glance();

  /** The patch that the look before has chosen, finely. */
  Sight.Look focus();

  /** One per class, after the last look. */
  float[] probabilities();

  @Override
  void close();
}
