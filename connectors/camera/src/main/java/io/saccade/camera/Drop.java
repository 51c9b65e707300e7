package io.saccade.camera;

/** Why a frame did not reach Kafka. */
public enum Drop {
  /** Its time had passed before it could be sent. */
  LATE,
  /** It could not be decoded. */
  UNREADABLE,
  /** No room to keep it until a broker takes it. */
  NO_ROOM,
  /** No broker took it in time, or it was refused. */
  NOT_TAKEN
}
