package io.saccade.cli;

import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.GfNet;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code saccade model verify}. */
@Command(
    name = "verify",
    description = {
      "Checks that a model bundle is whole and does what it says.",
      "Every file's hash, shapes, classes, frontier, and its golden picture.",
      "",
      "Example: saccade model verify models/bundles/runway",
      ""
    },
    mixinStandardHelpOptions = true)
final class ModelVerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BUNDLE", description = "A bundle's folder or .zip.")
  private Path path = Path.of("");

  @Override
  public Integer call() {
    // Opening checks everything and refuses with the file's name.
    try (GfNet net = GfNet.open(path)) {
      Bundle bundle = net.bundle();
      GfNet.StageTimes times = net.measured();
      System.out.printf(
          Locale.ROOT,
          "%s %s is as its manifest says%n"
              + "  %d classes; view %d x %d, glance %d x %d, patches %d x %d, up to %d looks;"
              + " %d frontier points%n"
              + "  here: decode %.2f ms, glance %.2f ms, focus %.2f ms a look%n"
              + "  manifest SHA-256 %s%n",
          bundle.id(),
          bundle.version(),
          bundle.classes().size(),
          bundle.imageSize(),
          bundle.imageSize(),
          bundle.glanceSize(),
          bundle.glanceSize(),
          bundle.patchSize(),
          bundle.patchSize(),
          bundle.steps(),
          bundle.frontier().points().size(),
          times.decodeNanos() / 1e6,
          times.glanceNanos() / 1e6,
          times.focusNanos() / 1e6,
          bundle.sha256());
    }
    return ExitCode.OK;
  }
}
