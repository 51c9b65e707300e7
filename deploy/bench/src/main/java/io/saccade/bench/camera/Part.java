package io.saccade.bench.camera;

import java.util.Locale;

/** What can be measured by itself. */
public enum Part {
  LATENCY,
  MJPEG,
  MANY,
  RECONNECTS,
  FAULTS,
  OUTAGE,
  STOP;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
