package io.saccade.console.scene;

import io.saccade.wire.Label;

/**
 * A frame and what the network made of that very frame.
 *
 * @param label of the same partition and offset
 * @param image as the camera encoded it
 */
public record Picture(Label label, byte[] image) {
  /** A browser gets no larger ones. */
  public static final int MOST_BYTES = 8 << 20;

  /** Whether this is the frame that the label is about. */
  boolean shows(Note other) {
    return place().equals(other.place());
  }

  public Place place() {
    return new Place(label.partition(), label.offset());
  }
}
