package io.saccade.camera;

import java.util.OptionalLong;

/**
 * One picture on its way to Kafka.
 *
 * @param camera the camera's id
 * @param sequence counts the camera's frames; a gap is a frame dropped
 * @param capturedMillis capture time, milliseconds since 1970
 * @param streamMillis the same by the stream's own clock, from an arbitrary start; empty without
 *     one
 * @param contentType media type of the image
 * @param image the encoded picture, not to be changed
 */
public record CapturedFrame(
    String camera,
    long sequence,
    long capturedMillis,
    OptionalLong streamMillis,
    String contentType,
    byte[] image) {
  public static final String JPEG = "image/jpeg";

  /** A frame of a camera without a clock of its own. */
  public CapturedFrame(
      String camera, long sequence, long capturedMillis, String contentType, byte[] image) {
    this(camera, sequence, capturedMillis, OptionalLong.empty(), contentType, image);
  }
}
