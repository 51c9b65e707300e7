package io.saccade.camera;

import java.util.Locale;

/** Why a frame did not reach Kafka. */
public enum Drop {
  /** Its time had passed before it could be sent. */
  LATE,
  /** It could not be decoded. */
  UNREADABLE,
  /** It was the oldest of those waiting, and newer ones needed its place. */
  DISPLACED,
  /** No broker took it in time, or it was refused. */
  NOT_TAKEN;

  /** As metrics name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
