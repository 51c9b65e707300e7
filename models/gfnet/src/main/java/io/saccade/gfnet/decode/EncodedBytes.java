package io.saccade.gfnet.decode;

/** Reads of an encoded picture that never leave it: one that ends too early is corrupt. */
record EncodedBytes(byte[] bytes, String format) {

  int length() {
    return bytes.length;
  }

  int u8(int at) throws UnreadablePicture {
    if (at < 0 || at >= bytes.length) {
      throw UnreadablePicture.corrupt(
          "%s must have a whole header, but ended after %d bytes".formatted(format, bytes.length));
    }
    return bytes[at] & 0xff;
  }

  int bigEndian16(int at) throws UnreadablePicture {
    return u8(at) << 8 | u8(at + 1);
  }

  /** Unsigned, hence long. */
  long bigEndian32(int at) throws UnreadablePicture {
    return (long) bigEndian16(at) << 16 | bigEndian16(at + 2);
  }

  int littleEndian16(int at) throws UnreadablePicture {
    return u8(at + 1) << 8 | u8(at);
  }

  int littleEndian24(int at) throws UnreadablePicture {
    return u8(at + 2) << 16 | littleEndian16(at);
  }

  /** Unsigned, hence long. */
  long littleEndian32(int at) throws UnreadablePicture {
    return (long) littleEndian16(at + 2) << 16 | littleEndian16(at);
  }

  /** Whether these ASCII characters stand at {@code at}. */
  boolean has(int at, String characters) {
    if (at < 0 || bytes.length - at < characters.length()) {
      return false;
    }
    for (int i = 0; i < characters.length(); i++) {
      if ((bytes[at + i] & 0xff) != characters.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
