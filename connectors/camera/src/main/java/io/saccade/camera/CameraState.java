package io.saccade.camera;

import java.util.Locale;

/** How a camera is. Frames come only when {@link #LIVE}. */
public enum CameraState {
  /** Not yet tried, or being connected for the first time. */
  STARTING,
  /** Frames come. */
  LIVE,
  /** Connected, but no frame came for too long. */
  STALLED,
  /** Lost; being connected again, or waiting for the next attempt. */
  RETRYING,
  /** The camera does not accept the credentials; asked again, but seldom. */
  REFUSED,
  /** Not to be read, says the configuration. */
  DISABLED,
  /** A file that was played to its end. */
  ENDED,
  /** No longer read: the process ends, or the camera was taken out of the configuration. */
  STOPPED;

  /** Whether somebody works at it, or should. */
  public boolean wanted() {
    return this != DISABLED && this != ENDED && this != STOPPED;
  }

  /** As records, metrics and logs name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
