package io.saccade.console.control;

import io.saccade.wire.Control;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be different; null leaves a setting as it is.
 *
 * @param cores CPU seconds per second for the whole job
 * @param targetAgeMillis waiting time to work towards
 * @param maxAgeMillis a frame older than this is shed unread
 * @param cameras weights and caps of single cameras; others stay as they are
 */
public record SettingsChange(
    @Nullable Double cores,
    @Nullable Long targetAgeMillis,
    @Nullable Long maxAgeMillis,
    Map<String, Control.Camera> cameras) {

  public SettingsChange {
    cameras = Map.copyOf(cameras);
    if (cores == null && targetAgeMillis == null && maxAgeMillis == null && cameras.isEmpty()) {
      throw new IllegalArgumentException(
          "at least one of cores, targetAgeMillis, maxAgeMillis, cameras must be given, but none was");
    }
  }

  /**
   * The whole settings to write, of the next epoch: those in force with the change.
   *
   * @throws IllegalArgumentException saying which value was out of range
   */
  public Control on(Optional<Control> newest, Running running, String operator) {
    Control before =
        InForce.of(newest, running)
            .orElseThrow(
                () -> new IllegalStateException("no job is running and no settings were written"));
    long epoch = running.nextEpoch(newest);
    return new Control(
        Control.SCHEMA,
        epoch,
        operator,
        cores == null ? before.budgetCores() : cores,
        // A budget in cores takes the place of one of another kind.
        cores == null ? before.budgetMultiplyAddsPerSecond() : null,
        targetAgeMillis == null ? before.targetAgeMillis() : targetAgeMillis,
        maxAgeMillis == null ? before.maxAgeMillis() : maxAgeMillis,
        before.auditShare(),
        camerasAfter(before));
  }

  private Map<String, Control.Camera> camerasAfter(Control before) {
    Map<String, Control.Camera> after = new TreeMap<>(before.cameras());
    after.putAll(cameras);
    after.values().removeIf(Control.Camera.ANY::equals);
    return after;
  }
}
