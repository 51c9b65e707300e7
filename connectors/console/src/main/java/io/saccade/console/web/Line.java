package io.saccade.console.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/**
 * What one answer goes out over, piece by piece. Notes when the other side last took one, so that
 * who takes nothing can be hung up on, and who takes little is not.
 */
final class Line extends OutputStream {
  /** Little enough for a thin line to take in time. */
  private static final int PIECE = 16 * 1024;

  private final OutputStream out;
  private final LongSupplier nanoTime;
  private final Thread writer = Thread.currentThread();
  private volatile long tookNanos;
  private boolean over;

  /** A line that the thread at hand writes to. */
  Line(OutputStream out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
  }

  /** The line of an exchange that has come in by {@link Lines}. */
  static Line of(HttpExchange exchange) {
    return (Line) exchange.getResponseBody();
  }

  /** To be called before the headers: from now on the other side is to take something. */
  void begin() {
    tookNanos = Math.max(1, nanoTime.getAsLong());
  }

  @Override
  public void write(int one) throws IOException {
    out.write(one);
    begin();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    for (int at = offset; at < end; at += PIECE) {
      out.write(bytes, at, Math.min(PIECE, end - at));
      begin();
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
    begin();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** How long the other side has taken nothing of what it is sent. */
  long stuckNanos(long nowNanos) {
    long since = tookNanos;
    return since == 0 ? 0 : nowNanos - since;
  }

  /** Closes the connection under the writer, unless it has something else to do by now. */
  synchronized void hangUp() {
    if (!over) {
      writer.interrupt();
    }
  }

  synchronized void end() {
    over = true;
  }
}
