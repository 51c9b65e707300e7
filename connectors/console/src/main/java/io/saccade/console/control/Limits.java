package io.saccade.console.control;

import java.util.Optional;

/**
 * What a job is sure to refuse. Such settings are not written: they would hide those in force from
 * a job that starts later.
 */
public interface Limits {
  /** Why a job of so many subtasks refuses that many cores; empty when it takes them. */
  Optional<String> objection(double cores, int parallelism);
}
