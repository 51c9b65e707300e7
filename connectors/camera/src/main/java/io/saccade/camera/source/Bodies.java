package io.saccade.camera.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Pictures whose length is told before them. */
final class Bodies {
  /** A length alone takes no more memory than this, whatever it says. */
  private static final int TRUSTED_BYTES = 1 << 20;

  private Bodies() {}

  /**
   * So many bytes, without a copy where they are as few as those of most pictures.
   *
   * @throws EOFException when there are fewer
   */
  static byte[] read(InputStream in, int length) throws IOException {
    byte[] body;
    int got;
    if (length <= TRUSTED_BYTES) {
      body = new byte[length];
      got = in.readNBytes(body, 0, length);
    } else {
      body = in.readNBytes(length);
      got = body.length;
    }
    if (got < length) {
      throw new EOFException("ended within a picture");
    }
    return body;
  }

  static boolean isJpeg(byte[] body) {
    return body.length >= 2 && body[0] == (byte) 0xFF && body[1] == (byte) 0xD8;
  }
}
