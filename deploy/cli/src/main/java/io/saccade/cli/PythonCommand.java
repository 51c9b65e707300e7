package io.saccade.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * A command that the launcher hands to Python before Java starts. Here it is only listed; its
 * options are Python's to know.
 */
class PythonCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  // Only shown here, never interpreted.
  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public final Integer call() {
    String name = spec == null ? "" : spec.name();
    System.err.printf(
        "saccade: this runs in Python and is started by the launcher: ./saccade model %s %s%n",
        name, String.join(" ", options));
    return ExitCode.USAGE;
  }

  @Command(
      name = "train",
      description = {
        "Trains a model from pictures and writes it as a bundle.",
        "See models/training/README.md. Runs in Python: 'saccade model train --help' shows its"
            + " options.",
        "",
        "Example: saccade model train --data pictures --out work/bundle",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Train extends PythonCommand {}

  @Command(
      name = "fold",
      description = {
        "Trains on some clips, records what the model says of the others.",
        "Runs in Python: 'saccade model fold --help' shows its options.",
        "",
        "Example: saccade model fold --data pictures --out work/training/gf-1 --fold 1",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Fold extends PythonCommand {}

  @Command(
      name = "plot",
      description = {
        "Draws the curves of a run of train or fold.",
        "Loss and share right, stage by stage. Runs in Python: 'saccade model plot --help' shows"
            + " its options.",
        "",
        "Example: saccade model plot work/training/gf-1",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Plot extends PythonCommand {}

  @Command(
      name = "compare",
      description = {
        "Compares models that fold has trained, paired by clip.",
        "Differences come with intervals. Runs in Python: 'saccade model compare --help' shows"
            + " its options.",
        "",
        "Example: saccade model compare work/training/gf-1 work/training/static-1",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Compare extends PythonCommand {}

  @Command(
      name = "calibrate",
      description = {
        "Solves exit thresholds from recorded looks for a bundle.",
        "The looks are those of fold, or of evaluate --looks. Runs in Python: 'saccade model"
            + " calibrate --help' shows its options.",
        "",
        "Example: saccade model calibrate looks.csv --bundle model --to model-here",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Calibrate extends PythonCommand {}

  @Command(
      name = "quantise",
      description = {
        "Makes a bundle of 8-bit integers from one of floats.",
        "Runs in Python: 'saccade model quantise --help' shows its options.",
        "",
        "Example: saccade model quantise --bundle model --data pictures --out model-int8",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Quantise extends PythonCommand {}

  @Command(
      name = "import",
      description = {
        "Makes a bundle of a checkpoint that GFNet's authors published.",
        "Runs in Python: 'saccade model import --help' shows its options.",
        "",
        "Example: saccade model import resnet50_96.pth.tar --out work/resnet50",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Import extends PythonCommand {}
}
