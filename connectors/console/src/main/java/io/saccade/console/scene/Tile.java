package io.saccade.console.scene;

import io.saccade.wire.CameraStatus;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.MalformedRecordException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one camera. Not thread-safe. */
final class Tile {
  /** Labels kept for the large view: at fifteen frames a second those of the last eight seconds. */
  static final int HISTORY = 120;

  private final Deque<Note> history = new ArrayDeque<>();
  private @Nullable Note newest;
  private @Nullable Note classified;
  private byte[] whole = {};
  private @Nullable Picture picture;
  private @Nullable CameraStatus status;
  private long heardMillis;

  /**
   * Notes a label.
   *
   * @param json the whole of it, for its picture
   */
  void hear(Note note, byte[] json, long nowMillis) {
    // After a failure of the job labels come a second time.
    if (newest != null
        && newest.place().partition() == note.place().partition()
        && newest.place().offset() >= note.place().offset()) {
      return;
    }
    newest = note;
    heardMillis = nowMillis;
    if (note.classified()) {
      classified = note;
      whole = json;
    }
    history.addLast(note);
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

  Optional<Note> newest() {
    return Optional.ofNullable(newest);
  }

  /** The newest frame that was looked at and whose picture is not here yet. */
  Optional<Label> wanted() {
    if (classified == null || (picture != null && picture.shows(classified))) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonCodec.LABEL.decode(whole));
    } catch (MalformedRecordException e) {
      return Optional.empty(); // What cannot be drawn gets no picture, and soon counts as stale.
    }
  }

  List<Note> history() {
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
