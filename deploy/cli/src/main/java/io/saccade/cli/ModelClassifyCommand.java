package io.saccade.cli;

import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.Sight;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code saccade model classify}. */
@Command(
    name = "classify",
    description = {
      "Looks at pictures and says what it sees.",
      "Says where it looked, too, and what each look took. A picture that cannot be read is"
          + " reported, and the exit code is then 1.",
      "",
      "Example: saccade model classify frame.jpg --threshold 0.9",
      "Example: saccade model classify *.jpg --json",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class ModelClassifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description = "JPEG, PNG or WebP.",
      showDefaultValue = Visibility.NEVER)
  private List<Path> images = List.of();

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      description = "The model (default: the one that is shipped).")
  private @Nullable Path bundle;

  @Option(
      names = "--threshold",
      paramLabel = "CONFIDENCE",
      description = "Looking ends at this confidence; above 1: every look is taken.")
  private float threshold = 0.9f;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Override
  public Integer call() {
    if (!(threshold >= 0 && threshold <= 2)) {
      throw Complaint.of(spec, "threshold must be within [0, 2], but was " + threshold);
    }
    boolean all = true;
    try (GfNet net = GfNet.open(bundle == null ? Home.bundle() : bundle)) {
      for (Path image : images) {
        Sight sight = look(net, image);
        all &= sight instanceof Sight.Verdict;
        print(net.bundle(), image, sight);
      }
    }
    return all ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Sight look(GfNet net, Path image) {
    try {
      return net.classify(Files.readAllBytes(image), threshold);
    } catch (NoSuchFileException e) {
      return new Sight.Unreadable("no-such-file", "the file is not there");
    } catch (IOException e) {
      return new Sight.Unreadable("unreadable-file", e.toString());
    }
  }

  private void print(Bundle bundle, Path image, Sight sight) {
    // What a person should notice goes to standard error, unless a program reads it all.
    PrintStream out = json || sight instanceof Sight.Verdict ? System.out : System.err;
    out.println(
        json ? SightPrinter.json(bundle, image, sight) : SightPrinter.text(bundle, image, sight));
  }
}
