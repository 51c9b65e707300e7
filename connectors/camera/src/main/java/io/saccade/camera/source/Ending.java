package io.saccade.camera.source;

import io.saccade.wire.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * Why a source ended.
 *
 * @param trouble what kind of trouble it was
 * @param reason for people, without secrets; null where the trouble says it all
 */
public record Ending(Trouble trouble, @Nullable String reason) {
  private static final int LONGEST_REASON = 500;

  /** The reason is in part what a camera says: it becomes one line that prints. */
  public Ending {
    reason = reason == null ? null : Excerpt.plain(reason, LONGEST_REASON);
  }

  /** The reason, or the trouble in words. */
  public String said() {
    return reason == null ? trouble.words() : trouble.words() + ": " + reason;
  }
}
