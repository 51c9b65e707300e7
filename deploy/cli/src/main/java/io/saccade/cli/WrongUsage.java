package io.saccade.cli;

import io.saccade.camera.config.Redactor;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A wrong call: what was found, what was expected, where to read more. */
final class WrongUsage implements IParameterExceptionHandler {
  /** What was found may be a camera's URL in the wrong place. */
  private static final Redactor REDACTOR = new Redactor(Set.of());

  @Override
  public int handleParseException(ParameterException problem, String[] args) {
    CommandSpec command = problem.getCommandLine().getCommandSpec();
    PrintWriter err = problem.getCommandLine().getErr();
    err.println("saccade: " + REDACTOR.redact(String.valueOf(problem.getMessage())));
    List<String> expected = expected(command, problem);
    if (!expected.isEmpty()) {
      err.println("expected: " + String.join(", ", expected));
    }
    err.println("see: " + command.qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  /** What could have stood there; empty where the message says it already. */
  private static List<String> expected(CommandSpec command, ParameterException problem) {
    if (problem instanceof UnmatchedArgumentException unmatched) {
      boolean option = unmatched.getUnmatched().get(0).startsWith("-");
      return option || command.subcommands().isEmpty()
          ? command.options().stream().map(OptionSpec::longestName).toList()
          : List.copyOf(command.subcommands().keySet());
    }
    // A command that does nothing by itself was called without the one that does.
    return command.userObject() instanceof Callable || problem.getArgSpec() != null
        ? List.of()
        : List.copyOf(command.subcommands().keySet());
  }
}
