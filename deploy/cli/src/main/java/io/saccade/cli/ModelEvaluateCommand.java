package io.saccade.cli;

import io.saccade.evaluate.Charts;
import io.saccade.evaluate.Evaluation;
import io.saccade.evaluate.Gallery;
import io.saccade.evaluate.LooksTable;
import io.saccade.evaluate.Progress;
import io.saccade.evaluate.Report;
import io.saccade.evaluate.ShownLooks;
import io.saccade.evaluate.Tables;
import io.saccade.evaluate.Viewing;
import io.saccade.gfnet.GfNet;
import io.saccade.quickstart.Machine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code saccade model evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Measures a model on pictures whose class is known.",
      "Accuracy after each look, and accuracy and CPU time at each point of its frontier,"
          + " from the encoded pictures on, by the classifier that the job runs.",
      "Pictures lie in DIR/SPLIT/<class>/[<clip>/]; those that cannot be read, and folders"
          + " without any, are named and left out.",
      "",
      "Example: saccade model evaluate --data pictures --report evaluation.json",
      "Example: saccade model evaluate --bundle work/bundle \\",
      "    --data mine --split . --show seen",
      "Example: saccade model evaluate --data mine --split held-out --looks looks.csv",
      "",
      "The last one records what 'saccade model calibrate' solves new thresholds from.",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class ModelEvaluateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      description = "The model (default: the one that is shipped).")
  private @Nullable Path bundle;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the pictures.",
      showDefaultValue = Visibility.NEVER)
  private Path data = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Folder in it that holds the classes; '.' for itself.")
  private String split = "test";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only so many pictures, evenly over classes and clips.")
  private @Nullable Integer limit;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the figures as JSON, and two charts beside it as SVG.")
  private @Nullable Path report;

  @Option(
      names = "--show",
      paramLabel = "DIR",
      description = "Write each picture with the looks drawn in order, and a page of all.")
  private @Nullable Path show;

  @Option(
      names = "--looks",
      paramLabel = "FILE",
      description = "Write the confidence of each look and whether it was right, as CSV.")
  private @Nullable Path looks;

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    double loadBefore = load();
    try (GfNet net = GfNet.open(bundle == null ? Home.bundle() : bundle)) {
      Gallery gallery = gallery(net);
      gallery.emptyClasses().forEach(name -> System.err.println("no pictures in: " + name));
      Viewing viewing =
          new Viewing(net)
              .of(gallery, new Progress(System.err, gallery.pictures().size(), System::nanoTime));
      viewing
          .skipped()
          .forEach(
              it ->
                  System.err.printf(
                      "skipped %s: %s: %s%n", it.picture(), it.reason(), it.detail()));
      Report found =
          Evaluation.report(
              net,
              gallery,
              viewing,
              new Report.Machine(
                  Machine.description(), loadBefore, load(), (System.nanoTime() - start) / 1e9));
      System.out.print(Tables.of(found));
      write(found, viewing, net);
    }
    return ExitCode.OK;
  }

  private Gallery gallery(GfNet net) throws IOException {
    try {
      Gallery all = Gallery.of(data, split, net.bundle().classes());
      return limit == null ? all : all.limited(limit);
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }

  private void write(Report found, Viewing viewing, GfNet net) throws IOException {
    if (looks != null) {
      LooksTable.write(viewing, looks);
      System.out.println("looks: " + looks);
    }
    if (report != null) {
      found.write(report);
      System.out.println("report: " + report);
      for (Path chart : Charts.write(found, report)) {
        System.out.println("chart: " + chart);
      }
    }
    if (show != null) {
      int pictures = new ShownLooks(show, net.bundle().classes()).write(viewing);
      System.out.printf("%d pictures: %s%n", pictures, show.resolve("index.html"));
    }
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
