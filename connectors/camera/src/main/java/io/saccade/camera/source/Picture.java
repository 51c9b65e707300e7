package io.saccade.camera.source;

/**
 * One picture of a source.
 *
 * @param streamMillis when it was taken by the stream's own clock, which starts anywhere, wraps at
 *     2^32 and may jump; {@link #NO_STREAM_TIME} where the source has no clock
 * @param contentType media type of the image
 * @param image the encoded picture, not to be changed
 */
public record Picture(long streamMillis, String contentType, byte[] image) {
  public static final long NO_STREAM_TIME = -1;
}
