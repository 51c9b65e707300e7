package io.saccade.camera;

import java.util.Map;

/**
 * What became of the frames so far.
 *
 * @param sent handed to the sink
 * @param acknowledged of these, taken by the broker
 * @param dropped by reason, without those that did not happen; {@link Drop#LATE} and {@link
 *     Drop#UNREADABLE} were never handed to the sink
 */
public record Counts(long sent, long acknowledged, Map<Drop, Long> dropped) {
  public Counts {
    dropped = Map.copyOf(dropped);
  }

  public long dropped(Drop reason) {
    return dropped.getOrDefault(reason, 0L);
  }
}
