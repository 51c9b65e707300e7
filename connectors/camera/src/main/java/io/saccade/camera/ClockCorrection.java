package io.saccade.camera;

import java.util.Locale;

/** What a stream's clock did that made its mapping to wall time begin anew. */
public enum ClockCorrection {
  /** It jumped back. */
  BACK,
  /** It jumped ahead. */
  AHEAD,
  /** It came to its end and began again. */
  WRAP,
  /** It ran away from the wall clock, slowly but too far. */
  DRIFT,
  /** It cannot be used; frames carry their arrival time. */
  DISTRUSTED;

  /** As metrics name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
