package io.saccade.camera.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says by camera when frames begin to be lost for want of a broker, and when they have arrived for
 * a while again: some lost among many that arrive is one message, not one each. Safe for use by
 * several threads.
 */
final class Losses {
  /** Without a loss for so long, frames arrive again. */
  static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final Logger LOG = LoggerFactory.getLogger(FrameOutbox.class);

  private final String topic;
  private final LongSupplier nanos;
  private final Map<String, Long> lastLosses = new HashMap<>();
  private @Nullable Long nothingArrivesSince;
  private long lastLoss;

  Losses(String topic, LongSupplier nanos) {
    this.topic = topic;
    this.nanos = nanos;
  }

  /** Whether this is the first loss of the camera's, which was said. */
  synchronized boolean lost(String camera, String why) {
    long now = nanos.getAsLong();
    if (nothingArrivesSince == null || now - lastLoss > 2 * QUIET_NANOS) {
      nothingArrivesSince = now;
    }
    lastLoss = now;
    boolean first = lastLosses.put(camera, lastLoss) == null;
    if (first) {
      LOG.warn("Frames of {} to {} are being dropped: {}", camera, topic, why);
    }
    return first;
  }

  /** Whether the camera's losses are over, which was said. */
  synchronized boolean arrived(String camera) {
    nothingArrivesSince = null;
    Long last = lastLosses.get(camera);
    if (last == null || nanos.getAsLong() - last < QUIET_NANOS) {
      return false;
    }
    lastLosses.remove(camera);
    LOG.info("Frames of {} reach {} again", camera, topic);
    return true;
  }

  /** How long frames have been lost and none arrived; 0 also when there are none any more. */
  synchronized long nothingArrivesNanos() {
    long now = nanos.getAsLong();
    return nothingArrivesSince == null || now - lastLoss > 2 * QUIET_NANOS
        ? 0
        : now - nothingArrivesSince;
  }
}
