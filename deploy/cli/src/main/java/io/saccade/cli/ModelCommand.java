package io.saccade.cli;

import picocli.CommandLine.Command;

/** {@code saccade model}. */
@Command(
    name = "model",
    description = {
      "Checks, tries, measures, makes and changes models.",
      "",
      "Example: saccade model verify models/bundles/runway",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelVerifyCommand.class,
      ModelClassifyCommand.class,
      ModelEvaluateCommand.class,
      ModelCardCommand.class,
      PythonCommand.Train.class,
      PythonCommand.Fold.class,
      PythonCommand.Compare.class,
      PythonCommand.Import.class,
      PythonCommand.Calibrate.class,
      PythonCommand.Import.class,
      PythonCommand.Quantise.class
    },
    mixinStandardHelpOptions = true)
final class ModelCommand {}
