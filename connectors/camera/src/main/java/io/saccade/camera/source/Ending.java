package io.saccade.camera.source;

import org.jspecify.annotations.Nullable;

/**
 * Why a source ended.
 *
 * @param trouble what kind of trouble it was
 * @param reason for people, without secrets; null where the trouble says it all
 */
public record Ending(Trouble trouble, @Nullable String reason) {

  /** The reason, or the trouble in words. */
  public String said() {
    return reason == null ? trouble.words() : trouble.words() + ": " + reason;
  }
}
