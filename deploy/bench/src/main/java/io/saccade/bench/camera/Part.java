package io.saccade.bench.camera;

/** What can be measured by itself. */
public enum Part {
  LATENCY,
  MJPEG,
  MANY,
  RECONNECTS,
  FAULTS,
  OUTAGE,
  STOP
}
