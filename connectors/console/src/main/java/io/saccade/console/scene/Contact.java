package io.saccade.console.scene;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether Kafka is heard, and if not, why not. Safe for use by several threads. */
public final class Contact {
  private @Nullable String trouble = "no Kafka broker has answered yet";

  /** Cameras and job can be heard; whether that is news. */
  public synchronized boolean made() {
    boolean news = trouble != null;
    trouble = null;
    return news;
  }

  /**
   * They cannot; whether that is news.
   *
   * @param why for people
   */
  public synchronized boolean lost(String why) {
    boolean news = !why.equals(trouble);
    trouble = why;
    return news;
  }

  /** Why nothing can be heard, for people; empty when it can. */
  public synchronized Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }
}
