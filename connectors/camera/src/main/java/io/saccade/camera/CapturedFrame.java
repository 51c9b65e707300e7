package io.saccade.camera;

/**
 * One picture on its way to Kafka.
 *
 * @param camera the camera's id
 * @param sequence counts the camera's frames from 0; a gap is a frame dropped
 * @param capturedMillis capture time, milliseconds since 1970
 * @param contentType media type of the image
 * @param image the encoded picture, not to be changed
 */
public record CapturedFrame(
    String camera, long sequence, long capturedMillis, String contentType, byte[] image) {
  public static final String JPEG = "image/jpeg";
}
