package io.saccade.console.control;

import io.saccade.wire.Control;
import io.saccade.wire.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be different; null leaves a setting as it is.
 *
 * @param cores CPU seconds per second for the whole job
 * @param targetAgeMillis waiting time to work towards
 * @param maxAgeMillis a frame older than this is shed unread
 */
public record SettingsChange(
    @Nullable Double cores, @Nullable Long targetAgeMillis, @Nullable Long maxAgeMillis) {

  public SettingsChange {
    if (cores == null && targetAgeMillis == null && maxAgeMillis == null) {
      throw new IllegalArgumentException(
          "at least one of cores, targetAgeMillis, maxAgeMillis must be given, but none was");
    }
  }

  /**
   * The whole settings to write, of the next epoch: those the job runs with, else the newest
   * written, with the change.
   *
   * @throws IllegalArgumentException saying which value was out of range
   */
  public Control on(Optional<Control> newest, List<Status> running, String operator) {
    Control before =
        settingsOf(running)
            .or(() -> newest)
            .orElseThrow(
                () -> new IllegalStateException("no job is running and no settings were written"));
    long epoch =
        1
            + Math.max(
                newest.map(Control::epoch).orElse(0L),
                running.stream().mapToLong(Status::epoch).max().orElse(0));
    long target = targetAgeMillis == null ? before.targetAgeMillis() : targetAgeMillis;
    return new Control(
        Control.SCHEMA,
        epoch,
        operator,
        cores == null ? before.budgetCores() : cores,
        target,
        maxAgeMillis == null ? before.maxAgeMillis() : maxAgeMillis);
  }

  private static Optional<Control> settingsOf(List<Status> running) {
    for (Status subtask : running) {
      Status.Settings settings = subtask.settings();
      if (settings != null) {
        return Optional.of(
            new Control(
                Control.SCHEMA,
                Math.max(1, subtask.epoch()),
                "the job's start",
                settings.budgetCores() * subtask.parallelism(),
                TimeUnit.NANOSECONDS.toMillis(settings.targetAgeNanos()),
                TimeUnit.NANOSECONDS.toMillis(settings.maxAgeNanos())));
      }
    }
    return Optional.empty();
  }
}
