package io.saccade.job.classify;

import io.saccade.wire.Control;
import io.saccade.wire.JsonCodec;

/** Control records as they come from Kafka. */
final class Controls {
  private Controls() {}

  static byte[] of(Control control) {
    return JsonCodec.CONTROL.encode(control);
  }

  static byte[] of(long epoch, double cores, long targetAgeMillis, long maxAgeMillis) {
    return JsonCodec.CONTROL.encode(
        new Control(Control.SCHEMA, epoch, "test", cores, targetAgeMillis, maxAgeMillis));
  }
}
