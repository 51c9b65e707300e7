package io.saccade.job.kafka;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a record out of the bytes of an input: timestamp and offset (8 bytes each), key
 * (length of 2 bytes, {@code ff ff} for none), number of headers (1 byte), for each its name (1
 * byte, an index) and its value (as the key), and the record's value (the rest). Bytes that are
 * missing are zero.
 */
final class RecordParts {
  private static final List<String> NAMES = List.of("sequence", "content-type", "pts", "\u202e\n");
  private static final int NONE = 0xffff;

  private final ByteBuffer bytes;
  private final long timestamp;
  private final long offset;
  private final byte @Nullable [] key;
  private final RecordHeaders headers = new RecordHeaders();
  private final byte[] value;

  RecordParts(byte[] input) {
    bytes = ByteBuffer.allocate(Math.max(input.length, 17)).put(input).rewind();
    timestamp = bytes.getLong();
    // Kafka's own.
    offset = bytes.getLong() & Long.MAX_VALUE;
    key = text();
    int number = bytes.hasRemaining() ? bytes.get() & 0xff : 0;
    for (int i = 0; i < number && bytes.hasRemaining(); i++) {
      headers.add(NAMES.get(bytes.get() & 3), text());
    }
    value = new byte[bytes.remaining()];
    bytes.get(value);
  }

  private byte @Nullable [] text() {
    int length = bytes.remaining() < 2 ? NONE : bytes.getShort() & 0xffff;
    if (length == NONE) {
      return null;
    }
    byte[] text = new byte[Math.min(length, bytes.remaining())];
    bytes.get(text);
    return text;
  }

  long timestamp() {
    return timestamp;
  }

  long offset() {
    return offset;
  }

  byte @Nullable [] key() {
    return key;
  }

  RecordHeaders headers() {
    return headers;
  }

  byte @Nullable [] value() {
    return value.length == 0 ? null : value;
  }
}
