package io.saccade.camera.config;

/**
 * One thing that is wrong in a cameras file.
 *
 * @param line where, from 1; 0 where no line can be told
 * @param place the camera and field
 * @param complaint what was expected and what was found, without secrets
 */
public record Fault(int line, String place, String complaint) {

  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "")
        + (place.isEmpty() ? "" : place + ": ")
        + complaint;
  }
}
