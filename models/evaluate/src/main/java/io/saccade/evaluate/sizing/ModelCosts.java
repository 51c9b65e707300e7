package io.saccade.evaluate.sizing;

import io.saccade.evaluate.Report;
import io.saccade.gfnet.bundle.Complaints;
import io.saccade.gfnet.bundle.Contents;
import io.saccade.gfnet.bundle.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a bundle's looks cost and are worth, as its evaluation measured.
 *
 * @param model its id and version
 * @param machine where it was measured
 * @param viewSide of the picture that is looked at, pixels
 * @param reduces whether a JPEG may be decoded at a reduced size
 * @param classes number of classes
 * @param points along the frontier, from glances only to every look
 */
public record ModelCosts(
    String model, String machine, int viewSide, boolean reduces, int classes, List<Point> points) {

  /**
   * A point of the frontier.
   *
   * @param looks mean number of them
   * @param looksMillis CPU time of these
   * @param accuracy share of right answers, with its 90 % interval
   */
  public record Point(
      int position, double looks, double looksMillis, double accuracy, double low, double high) {}

  public ModelCosts {
    points = List.copyOf(points);
    if (points.size() < 2) {
      throw new IllegalArgumentException("points must be at least 2, but were " + points.size());
    }
    for (int at = 1; at < points.size(); at++) {
      if (points.get(at).looksMillis() < points.get(at - 1).looksMillis()) {
        throw new IllegalArgumentException(
            "points must ascend in cost, but point %d was cheaper than the one before"
                .formatted(at));
      }
    }
  }

  /**
   * Reads a bundle's folder.
   *
   * @throws IllegalStateException when it was never evaluated
   */
  public static ModelCosts of(Path bundle) throws IOException {
    Complaints complaints = new Complaints(bundle);
    Manifest manifest = Contents.read(bundle, complaints).manifest();
    complaints.refuseIfAny();
    Path evaluation = bundle.resolve("evaluation.json");
    if (!Files.exists(evaluation)) {
      throw new IllegalStateException(
          "bundle must hold its evaluation (saccade model evaluate, then card), but %s does not"
              .formatted(bundle));
    }
    Report report = Report.read(evaluation);
    return new ModelCosts(
        manifest.id() + " " + manifest.version(),
        report.machine().name(),
        manifest.imageSize(),
        manifest.reducedDecode(),
        manifest.classes().size(),
        report.frontier().stream()
            .map(
                it ->
                    new Point(
                        it.position(),
                        it.meanLooks(),
                        it.meanNetworkCpuMillis(),
                        it.accuracy(),
                        it.accuracyInterval().low(),
                        it.accuracyInterval().high()))
            .toList());
  }

  Point glance() {
    return points.get(0);
  }

  Point full() {
    return points.get(points.size() - 1);
  }

  /** The cheapest point whose accuracy is within so many points of a hundred of the best. */
  Point nearlyBest(double within) {
    double best = points.stream().mapToDouble(Point::accuracy).max().orElse(0);
    return points.stream()
        .filter(it -> it.accuracy() >= best - within / 100)
        .findFirst()
        .orElse(full());
  }
}
