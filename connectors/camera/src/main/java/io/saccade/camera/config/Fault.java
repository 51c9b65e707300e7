package io.saccade.camera.config;

import io.saccade.wire.Excerpt;

/**
 * One thing that is wrong in a cameras file.
 *
 * @param line where, from 1; 0 where no line can be told
 * @param place the camera and field
 * @param complaint what was expected and what was found, without secrets
 */
public record Fault(int line, String place, String complaint) {
  private static final int MOST_SHOWN = 600;

  /** Whatever stood in the file, a fault is one line that prints. */
  public Fault {
    place = Excerpt.plain(place, MOST_SHOWN);
    complaint = Excerpt.plain(complaint, MOST_SHOWN);
  }

  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "")
        + (place.isEmpty() ? "" : place + ": ")
        + complaint;
  }
}
