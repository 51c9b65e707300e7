package io.saccade.gfnet.bundle;

import io.saccade.gfnet.Frontier;
import io.saccade.gfnet.Frontier.Point;
import java.util.ArrayList;
import java.util.List;

/** {@code frontier.json}, format 1 (docs/bundle.md). */
final class FrontierFile {
  /** Always passed, and never: see docs/bundle.md. */
  private static final double NEVER = 2;

  private FrontierFile() {}

  static Frontier read(String file, byte[] json, int steps, Complaints complaints) {
    Fields fields = Fields.of(file, json, complaints);
    fields.integer("format", 1, 1);
    List<Fields> entries = fields.objects("points");
    fields.expect(!entries.isEmpty(), "points", "at least 1", 0);
    List<Point> points = new ArrayList<>();
    for (Fields entry : entries) {
      float[] thresholds = new float[steps - 1];
      double[] read = entry.numbers("thresholds", steps - 1, 0, NEVER);
      for (int look = 0; look < thresholds.length; look++) {
        thresholds[look] = (float) read[look];
      }
      double[] shares = entry.numbers("exitShares", steps, 0, 1);
      double meanLooks = entry.number("meanLooks", 1, steps);
      double accuracy = entry.number("accuracy", 0, 1);
      complaints.refuseIfAny();
      try {
        points.add(new Point(thresholds, shares, meanLooks, accuracy));
      } catch (IllegalArgumentException e) {
        complaints.add(file, "points[%d] ".formatted(points.size()) + e.getMessage());
      }
    }
    complaints.refuseIfAny();
    checkEnds(file, points, steps, complaints);
    try {
      return new Frontier(points, Math.max(1, fields.listed("calibration", "clips")));
    } catch (IllegalArgumentException e) {
      throw complaints.refusal(file, String.valueOf(e.getMessage()));
    }
  }

  private static void checkEnds(String file, List<Point> points, int steps, Complaints complaints) {
    double first = points.get(0).meanLooks();
    if (first != 1) {
      complaints.add(file, "meanLooks of the first point must be 1, but was " + first);
    }
    double last = points.get(points.size() - 1).meanLooks();
    if (last != steps) {
      complaints.add(
          file, "meanLooks of the last point must be %d, but was %s".formatted(steps, last));
    }
  }
}
