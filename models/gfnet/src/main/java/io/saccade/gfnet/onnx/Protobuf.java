package io.saccade.gfnet.onnx;

import java.nio.charset.StandardCharsets;

/**
 * The fields of one protobuf message, one after the other, without copying: enough to read a few
 * fields of an ONNX model before anything is handed to native code.
 */
final class Protobuf {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private int wireType;
  private long number;
  private int payload;
  private int length;

  Protobuf(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private Protobuf(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /**
   * Moves to the next field; false at the end.
   *
   * @throws IllegalArgumentException for what is not protobuf
   */
  boolean next() {
    if (at == end) {
      return false;
    }
    long key = varint();
    field = (int) (key >>> 3);
    wireType = (int) (key & 7);
    length = 0;
    switch (wireType) {
      case VARINT -> number = varint();
      case FIXED_64 -> skip(8);
      case FIXED_32 -> skip(4);
      case LENGTH_DELIMITED -> {
        long declared = varint();
        if (declared < 0 || declared > end - at) {
          throw cut();
        }
        length = (int) declared;
        skip(length);
      }
      default ->
          throw new IllegalArgumentException(
              "a protobuf field must be of wire type 0, 1, 2 or 5, but was of " + wireType);
    }
    return true;
  }

  /** Number of the field last moved to. */
  int field() {
    return field;
  }

  /** Value of an integer field. */
  long number() {
    check(VARINT, "an integer");
    return number;
  }

  /** A field that is a message itself. */
  Protobuf message() {
    check(LENGTH_DELIMITED, "a message");
    return new Protobuf(bytes, payload, payload + length);
  }

  /** A field that is text. */
  String text() {
    check(LENGTH_DELIMITED, "text");
    return new String(bytes, payload, length, StandardCharsets.UTF_8);
  }

  private void check(int expected, String kind) {
    if (wireType != expected) {
      throw new IllegalArgumentException(
          "protobuf field %d must be %s, but was of wire type %d".formatted(field, kind, wireType));
    }
  }

  private void skip(int count) {
    if (count > end - at) {
      throw cut();
    }
    payload = at;
    at += count;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw cut();
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a protobuf integer must have at most 10 bytes");
  }

  private static IllegalArgumentException cut() {
    return new IllegalArgumentException("a protobuf message must be whole, but was cut");
  }
}
