package io.saccade.console.scene;

import io.saccade.wire.CameraStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of a camera's picture now.
 *
 * @param state live, shed (frames come, but are not looked at), stale (they come, but late) or
 *     unavailable
 * @param reason why it is not live, for people; empty when it is
 */
public record Availability(String state, String reason) {
  public static final String LIVE = "live";
  public static final String SHED = "shed";
  public static final String STALE = "stale";
  public static final String UNAVAILABLE = "unavailable";

  /** A camera of which nobody reports the state is gone when nothing came for so long. */
  static final long SILENCE_MILLIS = 3_000;

  /** A camera's process that misses two of its reports, while no frame comes either, is dead. */
  static final long MUTE_MILLIS = 5_000;

  /** A picture older than this is not what is there now. */
  public static final long OLD_MILLIS = 2_000;

  /**
   * Judges.
   *
   * @param status what the camera's process said last, null when none speaks for it
   * @param newest the newest label, null when there is none yet
   * @param heardMillis when that label came; 0 when none did
   * @param seenMillis capture time of the newest frame that was looked at; 0 when none was
   */
  static Availability of(
      @Nullable CameraStatus status,
      @Nullable Note newest,
      long heardMillis,
      long seenMillis,
      long nowMillis) {
    Optional<String> gone = gone(status, heardMillis, nowMillis);
    if (gone.isPresent()) {
      return new Availability(UNAVAILABLE, gone.get());
    }
    long age = nowMillis - seenMillis;
    if (newest != null && !newest.classified()) {
      // One frame left out between two that were looked at is the budget at work, not blindness.
      if (newest.unreadable() || age > OLD_MILLIS / 2) {
        return new Availability(SHED, newest.outcome() + ": " + newest.reason());
      }
    }
    return age > OLD_MILLIS
        ? new Availability(STALE, "the newest picture is " + seconds(age) + " old")
        : new Availability(LIVE, "");
  }

  private static Optional<String> gone(
      @Nullable CameraStatus status, long heardMillis, long nowMillis) {
    long silent = nowMillis - heardMillis;
    if (status == null) {
      return silent > SILENCE_MILLIS
          ? Optional.of("nothing came for " + seconds(silent))
          : Optional.empty();
    }
    if (!status.state().equals(CameraStatus.LIVE)) {
      String reason = status.reason();
      return Optional.of(status.state() + (reason == null ? "" : ": " + reason));
    }
    // A slow camera sends little, but its process tells every two seconds that it lives.
    long mute = nowMillis - status.atMillis();
    return mute > CameraStatus.STALE_MILLIS || (mute > MUTE_MILLIS && silent > MUTE_MILLIS)
        ? Optional.of("its process has said nothing for " + seconds(mute))
        : Optional.empty();
  }

  private static String seconds(long millis) {
    return millis >= 120_000 ? millis / 60_000 + " min" : millis / 1000 + " s";
  }
}
