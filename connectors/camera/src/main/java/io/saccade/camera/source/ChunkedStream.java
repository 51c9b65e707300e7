package io.saccade.camera.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** HTTP's chunked coding, taken off. Not thread-safe. */
final class ChunkedStream extends InputStream {
  private final InputStream in;
  private long left;
  private boolean begun;
  private boolean ended;

  ChunkedStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    if (left == 0) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int got = in.read(into, from, (int) Math.min(most, left));
    if (got < 0) {
      throw new EOFException("ended within a chunk");
    }
    left -= got;
    return got;
  }

  private void nextChunk() throws IOException {
    if (begun && !HttpAnswer.line(in).isEmpty()) {
      throw new IOException("expected the end of a chunk, but found more");
    }
    begun = true;
    String size = HttpAnswer.line(in).replaceFirst(";.*", "").strip();
    if (!size.matches("[0-9A-Fa-f]{1,8}")) {
      throw new IOException("expected the size of a chunk, but found something else");
    }
    left = Long.parseLong(size, 16);
    ended = left == 0;
  }
}
