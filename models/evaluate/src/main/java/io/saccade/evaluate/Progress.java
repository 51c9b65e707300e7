package io.saccade.evaluate;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says every few seconds how far it is, how fast it goes and how long it will still take. */
public final class Progress {
  private static final long EVERY_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final int total;
  private final LongSupplier nanoClock;
  private final long started;
  private long said;
  private int done;

  /**
   * @param total how often {@link #done()} will be called
   */
  public Progress(PrintStream out, int total, LongSupplier nanoClock) {
    this.out = out;
    this.total = total;
    this.nanoClock = nanoClock;
    started = nanoClock.getAsLong();
    said = started;
  }

  /** One more is done. */
  void done() {
    done++;
    long now = nanoClock.getAsLong();
    if (now - said >= EVERY_NANOS && done < total) {
      said = now;
      double perSecond = done / ((now - started) / 1e9);
      long left = Math.round((total - done) / perSecond);
      out.printf(
          Locale.ROOT,
          "%d of %d pictures, %.1f/s, %d:%02d left%n",
          done,
          total,
          perSecond,
          left / 60,
          left % 60);
    }
  }
}
