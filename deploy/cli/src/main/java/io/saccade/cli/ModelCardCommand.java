package io.saccade.cli;

import io.saccade.evaluate.ModelCard;
import io.saccade.gfnet.GfNet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code saccade model card}. */
@Command(
    name = "card",
    description = {
      "Puts the report of an evaluation into a bundle's model card.",
      "Its tables go there, too, and the bundle is checked as it is then. Refuses a report of"
          + " another network or frontier.",
      "",
      "Example: saccade model card work/bundle --report evaluation.json",
      ""
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ModelCardCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BUNDLE", description = "A bundle's folder.")
  private Path bundle = Path.of("");

  @Option(
      names = "--report",
      paramLabel = "FILE",
      required = true,
      description = "What 'saccade model evaluate' wrote.")
  private Path report = Path.of("");

  @Override
  public Integer call() throws IOException {
    ModelCard.write(bundle, report);
    try (GfNet net = GfNet.open(bundle)) {
      System.out.printf(
          "%s has the figures of %s; manifest SHA-256 %s%n", bundle, report, net.bundle().sha256());
    }
    return ExitCode.OK;
  }
}
