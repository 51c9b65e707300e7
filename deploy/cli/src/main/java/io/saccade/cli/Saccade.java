package io.saccade.cli;

import io.saccade.job.Durations;
import io.saccade.job.JobCommand;
import io.saccade.simulate.SimulateCommand;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code saccade COMMAND}. */
@Command(
    name = "saccade",
    description = {
      "Classifies live video inside Apache Flink, within a compute budget.",
      "",
      "Example: saccade quickstart",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage."},
    subcommands = {
      QuickstartCommand.class,
      CameraCommand.class,
      JobCommand.class,
      ClusterCommand.class,
      ChaosCommand.class,
      ConsoleCommand.class,
      BudgetCommand.class,
      ModelCommand.class,
      SimulateCommand.class,
      BenchCommand.class,
      FiguresCommand.class,
      SizeCommand.class,
      DoctorCommand.class
    })
public final class Saccade {
  private Saccade() {}

  /** Exits with 0 when done, 1 when it failed, 2 when it was called wrongly. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** All commands, to be run within a process that goes on. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Saccade());
    commandLine.registerConverter(Duration.class, new Durations());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(new WrongUsage());
    commandLine.setExecutionExceptionHandler(new Failure());
    return commandLine;
  }
}
