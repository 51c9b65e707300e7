package io.saccade.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A command that failed: one line for people, the rest for the log. */
final class Failure implements IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger("failure");

  @Override
  public int handleExecutionException(
      Exception problem, CommandLine command, ParseResult arguments) {
    LOG.error("{} failed", command.getCommandSpec().qualifiedName(), problem);
    command.getErr().println("saccade: " + message(problem));
    String log = System.getProperty("saccade.log");
    if (log != null) {
      command.getErr().println("more in: " + log);
    }
    return ExitCode.SOFTWARE;
  }

  /** The problem's own words; its kind where they say too little alone. */
  private static String message(Exception problem) {
    String message = problem.getMessage();
    if (message == null || message.isBlank()) {
      return problem.toString();
    }
    boolean ours =
        problem.getClass().getName().startsWith("io.saccade.")
            || problem instanceof IllegalStateException
            || problem instanceof IllegalArgumentException;
    return ours ? message : problem.getClass().getSimpleName() + ": " + message;
  }
}
