package io.saccade.camera.kafka;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when frames begin to be lost for want of a broker, and when they arrive again. */
final class Losses {
  private static final Logger LOG = LoggerFactory.getLogger(FrameOutbox.class);

  private final String topic;
  private final AtomicBoolean losing = new AtomicBoolean();

  Losses(String topic) {
    this.topic = topic;
  }

  void lost(String why) {
    if (losing.compareAndSet(false, true)) {
      LOG.warn("Frames to {} are being dropped: {}", topic, why);
    }
  }

  void arrived() {
    if (losing.compareAndSet(true, false)) {
      LOG.info("Frames reach {} again", topic);
    }
  }
}
