package io.saccade.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Unmatched;

/** {@code saccade model train}, which the launcher hands to Python before Java starts. */
@Command(
    name = "train",
    description = {
      "Trains a model from pictures and writes it as a bundle; see models/training/README.md.",
      "The launcher runs it in Python: 'saccade model train --help' shows its options.",
      "",
      "Example: saccade model train --data pictures --out work/bundle",
      ""
    },
    mixinStandardHelpOptions = true)
final class ModelTrainCommand implements Callable<Integer> {
  // Only shown here, never interpreted.
  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() {
    System.err.println(
        "saccade: training runs in Python and is started by the launcher: ./saccade model train "
            + String.join(" ", options));
    return ExitCode.USAGE;
  }
}
