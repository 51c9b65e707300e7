package io.saccade.cli;

import picocli.CommandLine.Command;

/** {@code saccade model}. */
@Command(
    name = "model",
    description = {
      "Checks, tries and trains models.",
      "",
      "Example: saccade model verify models/bundles/runway",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ModelVerifyCommand.class, ModelClassifyCommand.class, ModelTrainCommand.class},
    mixinStandardHelpOptions = true)
final class ModelCommand {}
