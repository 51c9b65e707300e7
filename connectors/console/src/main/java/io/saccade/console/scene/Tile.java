package io.saccade.console.scene;

import io.saccade.wire.CameraStatus;
import io.saccade.wire.Label;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one camera. Not thread-safe. */
final class Tile {
  /** Labels kept for the large view: at fifteen frames a second those of the last eight seconds. */
  static final int HISTORY = 120;

  private final Deque<Label> history = new ArrayDeque<>();
  private @Nullable Label newest;
  private @Nullable Label classified;
  private @Nullable Picture picture;
  private @Nullable CameraStatus status;
  private long heardMillis;

  void hear(Label label, long nowMillis) {
    // After a failure of the job labels come a second time.
    if (newest != null
        && newest.partition() == label.partition()
        && newest.offset() >= label.offset()) {
      return;
    }
    newest = label;
    heardMillis = nowMillis;
    if (label.outcome().equals(Label.CLASSIFIED)) {
      classified = label;
    }
    history.addLast(label);
    if (history.size() > HISTORY) {
      history.removeFirst();
    }
  }

  void hear(CameraStatus said) {
    status = said;
  }

  /** Somebody took the camera out of the list. */
  void forgetStatus() {
    status = null;
  }

  void show(Picture shown) {
    picture = shown;
  }

  Optional<Picture> picture() {
    return Optional.ofNullable(picture);
  }

  Optional<Label> newest() {
    return Optional.ofNullable(newest);
  }

  /** The newest frame that was looked at and whose picture is not here yet. */
  Optional<Label> wanted() {
    return Optional.ofNullable(classified).filter(it -> picture == null || !picture.shows(it));
  }

  List<Label> history() {
    return List.copyOf(history);
  }

  Availability availability(long nowMillis) {
    return Availability.of(
        status,
        newest,
        heardMillis,
        classified == null ? 0 : classified.capturedMillis(),
        nowMillis);
  }

  /** When anything was last heard of this camera. */
  long lastSign() {
    return Math.max(heardMillis, status == null ? 0 : status.atMillis());
  }
}
