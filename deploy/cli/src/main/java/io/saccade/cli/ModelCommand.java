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
      ModelSwapCommand.class,
      PythonCommand.Train.class,
      PythonCommand.Fold.class,
      PythonCommand.Plot.class,
      PythonCommand.Compare.class,
      PythonCommand.Calibrate.class,
      PythonCommand.Quantise.class,
      PythonCommand.Import.class
    },
    mixinStandardHelpOptions = true)
final class ModelCommand {}
