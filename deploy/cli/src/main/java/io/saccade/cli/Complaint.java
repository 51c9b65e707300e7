package io.saccade.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A wrong call that only the command itself can tell. */
final class Complaint {
  private Complaint() {}

  /**
   * To be thrown.
   *
   * @param spec the command that was called, as picocli has set it
   */
  static RuntimeException of(@Nullable CommandSpec spec, @Nullable String complaint) {
    String said = String.valueOf(complaint);
    return spec == null
        ? new IllegalArgumentException(said)
        : new ParameterException(spec.commandLine(), said);
  }
}
