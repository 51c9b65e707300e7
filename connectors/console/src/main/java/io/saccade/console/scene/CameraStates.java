package io.saccade.console.scene;

import io.saccade.wire.CameraStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tells when the process of a camera says something new of it. Not thread-safe. */
final class CameraStates {
  private final Map<String, String> states =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > Wall.MOST_CAMERAS;
        }
      };

  /** What has changed, for people; nothing at the first word of a camera that is well. */
  Optional<String> change(CameraStatus status) {
    String before = states.put(status.camera(), status.state());
    boolean live = status.state().equals(CameraStatus.LIVE);
    if (status.state().equals(before) || (before == null && live)) {
      return Optional.empty();
    }
    String reason = status.reason();
    return Optional.of(
        live
            ? "is back: live"
            : "is unavailable: " + status.state() + (reason == null ? "" : ", " + reason));
  }
}
