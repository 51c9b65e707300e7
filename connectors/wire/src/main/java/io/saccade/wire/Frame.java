package io.saccade.wire;

import org.jspecify.annotations.Nullable;

/**
 * One picture of one camera, as it came from Kafka.
 *
 * <p>Nothing but the image is mandatory on the wire: a bare JPEG is a frame whose camera is the
 * partition's name, whose sequence is the offset and whose capture time is the record's timestamp.
 *
 * @param camera the record's key, or {@code topic-partition} without one
 * @param sequence the {@code sequence} header, or the offset without one
 * @param capturedMillis capture time, milliseconds since 1970 (the record's timestamp)
 * @param contentType the {@code content-type} header, null without one
 * @param image the encoded picture; empty for a record without a value
 * @param partition where the frame stands in the frames topic
 * @param offset with the partition, the identity of the frame
 */
public record Frame(
    String camera,
    long sequence,
    long capturedMillis,
    @Nullable String contentType,
    byte[] image,
    int partition,
    long offset) {}
