package io.saccade.cli;

import io.saccade.simulate.ReplayCommand;
import picocli.CommandLine.Command;

/** {@code saccade budget}. */
@Command(
    name = "budget",
    description = {
      "The compute budget of a running job.",
      "",
      "Example: saccade budget set --cores 0.5",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BudgetSetCommand.class, BudgetShowCommand.class, ReplayCommand.class},
    mixinStandardHelpOptions = true)
final class BudgetCommand {}
