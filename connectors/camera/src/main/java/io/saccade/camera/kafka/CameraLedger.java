package io.saccade.camera.kafka;

import io.saccade.camera.Sequence;
import io.saccade.wire.CameraStatus;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.MalformedRecordException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where each camera's sequence numbers go on. The newest {@link CameraStatus} of a camera says
 * which numbers may have been used, so that no number is used twice, even when the process that
 * used the last ones was killed, and on whatever machine it goes on. Safe for use by several
 * threads.
 */
public final class CameraLedger {
  /**
   * No camera comes so far by its frames. Above it there is room for as many again, so that a
   * camera that goes on from here can always say so.
   */
  static final long MOST_SEQUENCE = CameraStatus.MOST_SEQUENCE / 2;

  private static final Logger LOG = LoggerFactory.getLogger(CameraLedger.class);

  private final Map<String, Sequence> sequences = new ConcurrentHashMap<>();
  private final Map<String, CameraStatus> newest = new ConcurrentHashMap<>();

  /** A ledger that knows no camera. */
  CameraLedger() {}

  /** Notes what a record of the topic says; one that cannot be believed says nothing. */
  void note(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      CameraStatus status = JsonCodec.CAMERA_STATUS.decode(record.value());
      if (status.nextSequence() > MOST_SEQUENCE) {
        throw new MalformedRecordException(
            "nextSequence must be at most %d to go on from, but was %d"
                .formatted(MOST_SEQUENCE, status.nextSequence()));
      }
      newest.put(status.camera(), status);
    } catch (MalformedRecordException e) {
      LOG.warn("{}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
    }
  }

  /**
   * Takes over what was noted of cameras that this process is about to read: another may have read
   * them until now.
   */
  void takeOver(Collection<String> cameras, long nowMillis) {
    for (String camera : cameras) {
      CameraStatus status = newest.get(camera);
      if (status != null) {
        sequence(camera).skipTo(status.nextSequence());
        if (status.available(nowMillis)) {
          LOG.warn(
              "{} was live {} ms ago; if another process still reads it, numbers are used twice",
              camera,
              nowMillis - status.atMillis());
        }
      }
    }
    newest.clear();
  }

  /** The camera's numbers, the same as long as the process lives. */
  public Sequence sequence(String camera) {
    return sequences.computeIfAbsent(camera, id -> new Sequence(0));
  }

  /** The number below which the camera's frames may be sent. */
  long reserved(String camera) {
    return sequence(camera).reserved();
  }
}
